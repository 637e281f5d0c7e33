package daemon

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/pipeline"
)

// Notice tells somebody that a source has turned sick, or is well again.
type Notice struct {
	Source string `json:"source"`
	// State is "sick" or "well".
	State string `json:"state"`
	// Problems are what a person should look at; none where it is well.
	Problems []string  `json:"problems"`
	At       time.Time `json:"at"`
}

// A notice is sent a few times at most, each with its time limit; one that did not
// get through is sent again when the sources are judged next.
const (
	noticeTries = 3
	noticeTime  = 10 * time.Second
	noticePause = 2 * time.Second // before the second try; doubled before the next
)

// noticeClient follows no redirect, which would send the secret elsewhere, and keeps
// no connection, since notices are rare.
var noticeClient = &http.Client{
	Timeout:       noticeTime,
	Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// notify sends a notice of each source that has turned since the last one. Its error
// ends it, since the next would fail too.
func (d *Daemon) notify(ctx context.Context, line *pipeline.Line, healths []desk.Health) error {
	to := &line.Config.Notify
	if to.URL.IsZero() {
		return nil
	}
	told, err := line.Ledger.ToldSick(ctx)
	if err != nil {
		return err
	}
	for i := range healths {
		h := &healths[i]
		if h.Last == nil || h.Disabled || h.Sick() == told[h.Source] {
			continue
		}
		notice := Notice{Source: h.Source, State: "well", Problems: h.Problems, At: line.Now()}
		if h.Sick() {
			notice.State = "sick"
		}
		if err := send(ctx, to, &notice); err != nil {
			return fmt.Errorf("tell notify.url that source %s is %s: %w", h.Source, notice.State, err)
		}
		if err := line.Ledger.TellSick(ctx, h.Source, h.Sick()); err != nil {
			return err
		}
		d.Log.Info("notice sent", "source", h.Source, "state", notice.State)
	}
	return nil
}

// send sends a notice, again where that may help. What is being sent when the context
// ends is sent to its end, so that it is known whether it was accepted.
func send(ctx context.Context, to *config.Notify, notice any) error {
	body, err := json.Marshal(notice)
	if err != nil {
		return err
	}
	pause := noticePause
	for try := 1; ; try++ {
		again, err := post(context.WithoutCancel(ctx), to, body)
		if err == nil || !again || try == noticeTries {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(pause):
			pause *= 2
		}
	}
}

// post sends JSON once; again says that another try may succeed. Its error does not
// show the address, which may be a secret.
func post(ctx context.Context, to *config.Notify, body []byte) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.URL.Reveal(), bytes.NewReader(body))
	if err != nil {
		return false, errors.New("it is no address")
	}
	req.Header.Set("Content-Type", "application/json")
	if !to.Secret.IsZero() {
		req.Header.Set(to.Header, to.Secret.Reveal())
	}
	resp, err := noticeClient.Do(req)
	var failed *url.Error
	if errors.As(err, &failed) {
		return true, failed.Err
	}
	if err != nil {
		return true, err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16)) // for the connection's sake
	_ = resp.Body.Close()
	switch code := resp.StatusCode; {
	case code < http.StatusMultipleChoices:
		return false, nil
	case code < http.StatusBadRequest:
		return false, fmt.Errorf("it answered %d: redirects are not followed; expected the final address", code)
	default:
		return code >= http.StatusInternalServerError || code == http.StatusTooManyRequests,
			fmt.Errorf("it answered %d %s", code, http.StatusText(code))
	}
}
