package main

import (
	"fmt"

	"jobsieve/config"
	"jobsieve/job"
)

type configCmds struct {
	Check  configCheckCmd  `cmd:"" help:"Check the configuration and do nothing else."`
	Schema configSchemaCmd `cmd:"" help:"Print the JSON Schema of the configuration, for editors."`
}

type configCheckCmd struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run checks the configuration.
func (cmd *configCheckCmd) Run(a *app) error {
	c, err := a.loadConfig(true)
	if err != nil {
		return err
	}
	if _, err := a.reader(); err != nil {
		return err
	}
	if err := c.MayListen(); err != nil {
		return usage("%s: %w", c.File, err)
	}
	scheduled := 0
	for i := range c.Sources {
		if c.Sources[i].Schedule != "" && !c.Sources[i].Disabled {
			scheduled++
		}
	}
	if cmd.JSON {
		return a.writeJSON(struct {
			File      string `json:"file"`
			Sources   int    `json:"sources"`
			Scheduled int    `json:"scheduled"`
			Index     string `json:"index"`
		}{c.File, len(c.Sources), scheduled, c.Index})
	}
	_, err = fmt.Fprintf(a.out, "%s is valid: %s, %d scheduled, index %s\n",
		c.File, job.Count(len(c.Sources), "source"), scheduled, c.Index)
	return err
}

type configSchemaCmd struct{}

// Run prints the schema.
func (*configSchemaCmd) Run(a *app) error {
	body, err := config.Schema()
	if err != nil {
		return err
	}
	_, err = a.out.Write(body)
	return err
}

type versionCmd struct{}

// Run prints the version.
func (*versionCmd) Run(a *app) error {
	_, err := fmt.Fprintf(a.out, "jobsieve %s\n", version)
	return err
}
