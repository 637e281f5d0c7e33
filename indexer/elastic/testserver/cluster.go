package testserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// NodeName gives the name of the node that StartCluster gives at a place.
func NodeName(at int) string { return fmt.Sprintf("node-%d", at+1) }

// StartCluster runs a cluster of n nodes on this machine, with their data in folders of
// home. Where one does not start, those that did are ended.
func StartCluster(ctx context.Context, home string, progress io.Writer, n int) ([]*Server, error) {
	java := []string{"-Xmx512m", "-XX:TieredStopAtLevel=1"} // it runs for minutes: compile little
	ports := make([]int, n)
	seeds := make([]string, n)
	for i := range ports {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		ports[i], seeds[i] = port, fmt.Sprintf("127.0.0.1:%d", port)
	}
	var nodes []*Server
	for i, port := range ports {
		name := NodeName(i)
		settings := []string{
			"node.name=" + name, fmt.Sprintf("transport.port=%d", port), "discovery.type=multi-node",
			"discovery.seed_hosts=" + strings.Join(seeds, ","),
		}
		if i == 0 { // it is the cluster, which the others join
			settings = append(settings, "cluster.initial_master_nodes="+name)
		}
		node, err := prepare(ctx, filepath.Join(home, name), progress, java, settings)
		if err == nil {
			err = node.Run(ctx)
		}
		if err != nil {
			return nil, errors.Join(err, killAll(nodes))
		}
		nodes = append(nodes, node)
	}
	return nodes, nil
}

// killAll ends nodes as a crash does.
func killAll(nodes []*Server) error {
	var errs []error
	for _, node := range nodes {
		errs = append(errs, node.Kill())
	}
	return errors.Join(errs...)
}
