package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

var errTimezone = errors.New("a time zone does not belong in a schedule; set timezone for all")

// parseSchedule reads five fields as in cron, or @every 6h, @daily and so on.
func parseSchedule(s string) (cron.Schedule, error) {
	if strings.Contains(s, "TZ=") {
		return nil, errTimezone
	}
	schedule, err := cron.ParseStandard(s)
	if err != nil {
		return nil, fmt.Errorf("bad schedule %q: expected five fields such as \"15 */6 * * *\" (minute hour day month weekday), or @every 6h: %w", s, err)
	}
	if c, ok := schedule.(cron.ConstantDelaySchedule); ok && c.Delay < time.Minute {
		return nil, fmt.Errorf("bad schedule %q: expected at least a minute between two crawls", s)
	}
	return schedule, nil
}

func checkSchedule(s string) error {
	_, err := parseSchedule(s)
	return err
}
