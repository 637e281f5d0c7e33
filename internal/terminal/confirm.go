package terminal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// ErrNobody says that there is no terminal to ask on.
var ErrNobody = errors.New("there is no terminal to ask on")

// Confirm asks a person a question on w and reads the answer. No answer is a no.
// Its error is ErrNobody where in isn't a terminal.
func Confirm(in io.Reader, w io.Writer, question string) (yes bool, err error) {
	f, ok := in.(*os.File)
	if !ok || Columns(f) == 0 {
		return false, ErrNobody
	}
	fmt.Fprintf(w, "%s [y/N] ", question)
	answer, _ := bufio.NewReader(f).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return true, nil
	}
	return false, nil
}
