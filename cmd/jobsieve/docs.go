package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/internal/references"
	"jobsieve/web/api"
)

type docsCmd struct {
	Dir string `arg:"" default:"docs" help:"Folder to write to."`
}

// Run writes the references that are generated from the code.
func (cmd *docsCmd) Run(a *app) error {
	schema, err := config.Schema()
	if err != nil {
		return err
	}
	picture, err := references.Picture()
	if err != nil {
		return err
	}
	fields, err := references.Fields(indexer.Fields)
	if err != nil {
		return err
	}
	reference, err := cliReference(a.ctx)
	if err != nil {
		return err
	}
	sources, err := os.ReadFile(filepath.Join(cmd.Dir, "sources.md"))
	if err != nil {
		return err
	}
	if sources, err = references.Platforms(sources); err != nil {
		return fmt.Errorf("sources.md: %w", err)
	}
	var errs []error
	for name, body := range map[string][]byte{
		"cli.md": reference, "jobsieve.schema.json": schema, "quickstart.svg": picture, "fields.md": fields,
		"sources.md": sources, "criteria.md": references.Criteria(), "facts.md": references.Facts(),
		"lexicon.md": references.Lexicon(), "openapi.json": api.Document(),
	} {
		errs = append(errs, os.WriteFile(filepath.Join(cmd.Dir, name), body, 0o644))
	}
	return errors.Join(errs...)
}

// cliReference is the help of every command.
func cliReference(ctx context.Context) ([]byte, error) {
	parser, err := newParser(new(cli), io.Discard, io.Discard)
	if err != nil {
		return nil, err
	}
	return references.CommandLine(parser, func(args []string) string {
		var out bytes.Buffer
		run(ctx, append(args, "--help"), nil, &out, &out)
		return out.String()
	}), nil
}
