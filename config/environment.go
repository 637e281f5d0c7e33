package config

// Settings are what the environment and flags set over a file.
type Settings struct {
	Config string // the configuration file
	Data   string // the data folder
	Index  string
}

// The environment's variables.
const (
	EnvConfig = "JOBSIEVE_CONFIG"
	EnvData   = "JOBSIEVE_DATA"
	EnvIndex  = "JOBSIEVE_INDEX"
)

// FromEnvironment reads the settings of the environment; getenv is os.Getenv.
func FromEnvironment(getenv func(string) string) Settings {
	return Settings{Config: getenv(EnvConfig), Data: getenv(EnvData), Index: getenv(EnvIndex)}
}

// Over gives s with what is set in t over it.
func (s Settings) Over(t Settings) Settings {
	if t.Config != "" {
		s.Config = t.Config
	}
	if t.Data != "" {
		s.Data = t.Data
	}
	if t.Index != "" {
		s.Index = t.Index
	}
	return s
}
