package config

import "fmt"

// Settings are what the environment and flags set over a file.
type Settings struct {
	Config string // the configuration file
	Data   string // the data folder
	Index  Address
}

// The environment's variables.
const (
	EnvConfig = "JOBSIEVE_CONFIG"
	EnvData   = "JOBSIEVE_DATA"
	EnvIndex  = "JOBSIEVE_INDEX"
	EnvLedger = "JOBSIEVE_LEDGER"
	// EnvAddresses names further nodes of an Elasticsearch.
	EnvAddresses = "JOBSIEVE_ELASTICSEARCH_ADDRESSES"
)

// FromEnvironment reads the settings of the environment; getenv is os.Getenv.
func FromEnvironment(getenv func(string) string) (Settings, error) {
	index, err := ParseAddress(getenv(EnvIndex))
	if err != nil {
		err = fmt.Errorf("%s: %w", EnvIndex, err)
	}
	return Settings{Config: getenv(EnvConfig), Data: getenv(EnvData), Index: index}, err
}

// NoColour reports that people want no colours (https://no-color.org), or have a
// terminal that knows none.
func NoColour(getenv func(string) string) bool {
	return getenv("NO_COLOR") != "" || getenv("TERM") == "dumb"
}

// Over gives s with what is set in t over it.
func (s Settings) Over(t Settings) Settings {
	if t.Config != "" {
		s.Config = t.Config
	}
	if t.Data != "" {
		s.Data = t.Data
	}
	if t.Index.String() != "" {
		s.Index = t.Index
	}
	return s
}

// Apply lays the settings and the environment over the configuration.
func (s Settings) Apply(c *Config, getenv func(string) string) error {
	if locator := getenv(EnvLedger); locator != "" {
		if !isDatabase(locator) {
			return fmt.Errorf("%s: %w", EnvLedger, errLedger)
		}
		c.Ledger = NewSecret(locator)
	}
	if err := c.Elasticsearch.Over(getenv); err != nil {
		return err
	}
	c.Web.Over(getenv)
	if address := s.Index.String(); address != "" {
		c.Index = address
		c.Elasticsearch.Use(s.Index)
	}
	return nil
}
