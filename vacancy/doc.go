// Package vacancy says which postings are of the same vacancy: posted on several
// boards, posted again, or copied by a consultancy.
//
// A posting and what was read from it enter; its Traits leave, and what two of them
// have in common: a Likeness. Nothing is stored here, nothing depends on the time or on
// chance, and every cost is in proportion to the text, of which text.Limit bytes count.
//
// Two postings are of the same vacancy where their titles are alike, and their texts or
// their employers too, and nothing that both state differs: see Guard. The same text for
// another city is Linked. A posting of several cities is one vacancy of that set of
// cities: with the same set it is the same, with another it is linked, for what one city
// pays or needs says nothing of the others, and merging would join all cities through it.
package vacancy
