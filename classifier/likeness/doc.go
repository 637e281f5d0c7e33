// Package likeness says which labelled postings a posting is like by its words.
//
// It is a multinomial logistic regression on TF-IDF words, learnt from postings
// that people labelled (internal/corpus, and real ones). Rules know what they
// were told; this knows words that no rule has, by the company they keep. It names
// no criterion and therefore gives no label by itself: the classifier asks it where
// rules speak for several labels, or hardly for one.
package likeness
