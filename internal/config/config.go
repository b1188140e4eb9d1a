// Package config reads Dateline's configuration: one YAML file, strictly
// decoded, over which environment variables take precedence. Every error
// names the place and says what to do.
package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/strictyaml"
)

// Config is the whole configuration of a process. configs/dateline.yaml
// documents each key.
type Config struct {
	Data          string          `yaml:"data"`
	Listen        string          `yaml:"listen"`
	Health        string          `yaml:"health"`
	Gazetteers    string          `yaml:"gazetteers"`
	Dashboards    string          `yaml:"dashboards"`
	Log           Log             `yaml:"log"`
	NATS          NATS            `yaml:"nats"`
	Elasticsearch Elasticsearch   `yaml:"elasticsearch"`
	Access        Access          `yaml:"access"`
	API           API             `yaml:"api"`
	Ingest        Ingest          `yaml:"ingest"`
	Push          Push            `yaml:"push"`
	Inbox         Inbox           `yaml:"inbox"`
	Alert         Alert           `yaml:"alert"`
	Sources       []ingest.Source `yaml:"sources"`

	// Origin is the file that was read, or a name for the shipped one.
	Origin string `yaml:"-"`
}

// Log says what is logged and how.
type Log struct {
	Level  string `yaml:"level"`  // debug, info, warn or error
	Format string `yaml:"format"` // text or json
}

// NATS says where messages travel: the embedded server when URL is empty.
type NATS struct {
	URL         string `yaml:"url"`
	Listen      string `yaml:"listen"`
	User        string `yaml:"user"`
	Password    string `yaml:"password"`
	Credentials string `yaml:"credentials"`
	Replicas    int    `yaml:"replicas"`
}

// Elasticsearch says where the archive is: the embedded one when URL and
// CloudID are empty.
type Elasticsearch struct {
	URL      string `yaml:"url"`
	CloudID  string `yaml:"cloud_id"`
	Username string `yaml:"username"`
	Password string `yaml:"password"`
	APIKey   string `yaml:"api_key"`
	CA       string `yaml:"ca"`
	Index    string `yaml:"index"`
}

// Enabled reports whether the archive is an Elasticsearch cluster.
func (e Elasticsearch) Enabled() bool { return e.URL != "" || e.CloudID != "" }

// Access says who may see the pages.
type Access struct {
	File         string `yaml:"file"`
	URL          string `yaml:"url"`
	SessionKey   string `yaml:"session_key"`
	SessionHours int    `yaml:"session_hours"`
	OIDC         OIDC   `yaml:"oidc"`
}

// OIDC is sign-on by an OpenID Connect provider; it is off while Issuer is
// empty.
type OIDC struct {
	Issuer       string   `yaml:"issuer"`
	ClientID     string   `yaml:"client_id"`
	ClientSecret string   `yaml:"client_secret"`
	Claim        string   `yaml:"claim"`
	Readers      []string `yaml:"readers"`
	Editors      []string `yaml:"editors"`
	Admins       []string `yaml:"admins"`
}

// API bounds how often one address may ask the API.
type API struct {
	// Rate is the number of requests a second in the long run, and Burst how
	// many may come at once; a Rate below 0 is no bound.
	Rate  int `yaml:"rate"`
	Burst int `yaml:"burst"`
}

// Ingest holds what all sources share.
type Ingest struct {
	Contact  string `yaml:"contact"`
	Schedule string `yaml:"schedule"`
	MaxBody  int64  `yaml:"max_body"`
	WARC     bool   `yaml:"warc"`
	WARCFile int64  `yaml:"warc_file"`
}

// Push says who may push reports to POST /api/v1/reports.
type Push struct {
	Token string `yaml:"token"`
}

// Inbox is the folder source; it is off when Dir is empty.
type Inbox struct {
	Dir      string `yaml:"dir"`
	Agency   string `yaml:"agency"`
	TimeZone string `yaml:"time_zone"`
}

// Options say where the configuration comes from.
type Options struct {
	// File is the path of the configuration; empty means the file named by
	// DATELINE_CONFIG, else UserFile if it exists, else the shipped one.
	File string
	// Environ is the environment, as os.Environ returns it.
	Environ []string
}

// shippedOrigin is the name of the configuration that the binary carries.
const shippedOrigin = "the shipped configuration"

// Load reads, completes and checks a configuration.
func Load(opts Options) (*Config, error) {
	env := environ(opts.Environ)
	name, content, err := open(opts.File, env)
	if err != nil {
		return nil, err
	}
	c := new(Config)
	if err := strictyaml.Decode(name, content, c); err != nil {
		return nil, err
	}
	if err := c.override(env); err != nil {
		return nil, err
	}
	c.Origin = name
	c.complete(env)
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// UserFile is the configuration file in the user's configuration folder.
func UserFile(env map[string]string) string {
	return filepath.Join(userDir(env, "XDG_CONFIG_HOME", ".config"), "dateline", "dateline.yaml")
}

// File is the path of the configuration that was read; of the shipped one, the
// path at which a configuration of the user's own would be.
func (c *Config) File(env []string) string {
	if c.Origin == shippedOrigin {
		return UserFile(environ(env))
	}
	return c.Origin
}

// Shipped is the configuration that the binary carries.
func Shipped() []byte {
	b, err := configs.Files.ReadFile("dateline.yaml")
	if err != nil {
		panic(err) // embedded at build time
	}
	return b
}

func open(file string, env map[string]string) (name string, content []byte, err error) {
	if file == "" {
		file = env["DATELINE_CONFIG"]
	}
	if file == "" {
		content, err := os.ReadFile(UserFile(env))
		switch {
		case err == nil:
			return UserFile(env), content, nil
		case errors.Is(err, fs.ErrNotExist):
			return shippedOrigin, Shipped(), nil
		}
		return "", nil, fmt.Errorf("reading the configuration: %w", err)
	}
	content, err = os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, fmt.Errorf("no configuration at %s: name another with --config, or write a first one with: dateline config show > %s", file, file)
	}
	if err != nil {
		return "", nil, fmt.Errorf("reading the configuration: %w", err)
	}
	return file, content, nil
}

// complete fills what the file leaves open.
func (c *Config) complete(env map[string]string) {
	setDefault(&c.Data, filepath.Join(userDir(env, "XDG_DATA_HOME", ".local", "share"), "dateline"))
	setDefault(&c.Listen, "127.0.0.1:8080")
	setDefault(&c.Log.Level, "info")
	setDefault(&c.Log.Format, "text")
	setDefault(&c.Elasticsearch.Index, "dateline-reports")
	setDefault(&c.Ingest.Schedule, "*/10 * * * *")
	setDefault(&c.Inbox.Agency, "inbox")
	setDefault(&c.Inbox.TimeZone, "UTC")
	if c.Access.SessionHours == 0 {
		c.Access.SessionHours = 7 * 24
	}
	if c.API.Rate == 0 {
		c.API.Rate = 100
	}
	if c.API.Burst == 0 {
		c.API.Burst = max(1, 4*c.API.Rate)
	}
	if c.Ingest.MaxBody == 0 {
		c.Ingest.MaxBody = 8 << 20
	}
	if c.Ingest.WARCFile == 0 {
		c.Ingest.WARCFile = ingest.DefaultWARCFile
	}
	if c.NATS.Replicas == 0 {
		c.NATS.Replicas = 1
	}
	for i := range c.Sources {
		setDefault(&c.Sources[i].Schedule, c.Ingest.Schedule)
	}
}

// AccessFile is the file of users and tokens.
func (c *Config) AccessFile() string {
	return cmp.Or(c.Access.File, filepath.Join(c.Data, "access.yaml"))
}

// AllSources are the configured sources and, where it is switched on, the
// inbox.
func (c *Config) AllSources() []ingest.Source {
	if c.Inbox.Dir == "" {
		return c.Sources
	}
	return append(slices.Clip(c.Sources), ingest.Source{
		Name:     "inbox",
		Agency:   c.Inbox.Agency,
		Kind:     ingest.KindInbox,
		URL:      c.Inbox.Dir,
		TimeZone: c.Inbox.TimeZone,
	})
}

func setDefault(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

func userDir(env map[string]string, variable string, inHome ...string) string {
	if dir := env[variable]; filepath.IsAbs(dir) {
		return dir
	}
	home := env["HOME"]
	if home == "" {
		home = os.TempDir()
	}
	return filepath.Join(append([]string{home}, inHome...)...)
}

// Validate reports everything that is wrong with the configuration, one fault
// a line.
func (c *Config) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	for _, a := range []struct{ key, value string }{{"listen", c.Listen}, {"health", c.Health}, {"nats.listen", c.NATS.Listen}} {
		if a.value == "" {
			continue
		}
		if _, _, err := net.SplitHostPort(a.value); err != nil {
			fault("%s: %q is not host:port, such as 127.0.0.1:8080", a.key, a.value)
		}
	}
	for _, a := range []struct{ key, value, schemes string }{
		{"nats.url", c.NATS.URL, "nats tls ws wss"},
		{"elasticsearch.url", c.Elasticsearch.URL, "http https"},
		{"access.url", c.Access.URL, "http https"},
		{"access.oidc.issuer", c.Access.OIDC.Issuer, "http https"},
		{"alert.url", c.Alert.URL, "http https"},
	} {
		for _, part := range strings.Split(a.value, ",") {
			if err := checkURL(part, a.schemes); err != nil {
				fault("%s: %w", a.key, err)
			}
		}
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.Log.Level) {
		fault("log.level: %q is not debug, info, warn or error", c.Log.Level)
	}
	if !slices.Contains([]string{"text", "json"}, c.Log.Format) {
		fault("log.format: %q is not text or json", c.Log.Format)
	}
	if c.API.Burst < 1 {
		fault("api.burst: %d; use 1 or more, or leave it out for four times api.rate", c.API.Burst)
	}
	if c.Ingest.MaxBody < 1<<10 {
		fault("ingest.max_body: %d bytes is too little for a page; the default is %d", c.Ingest.MaxBody, 8<<20)
	}
	if c.Ingest.WARCFile < 1<<20 {
		fault("ingest.warc_file: %d bytes is too little for a file; the default is %d", c.Ingest.WARCFile, ingest.DefaultWARCFile)
	}
	if err := c.Alert.check(); err != nil {
		faults = append(faults, err)
	}
	faults = append(faults, c.checkSources()...)
	return errors.Join(faults...)
}

func (c *Config) checkSources() []error {
	var faults []error
	seen := map[string]bool{}
	for i, s := range c.AllSources() {
		if err := s.Validate(); err != nil {
			faults = append(faults, fmt.Errorf("sources[%d]: %w", i, err))
		}
		if s.Name != "" && seen[s.Name] {
			faults = append(faults, fmt.Errorf("sources[%d]: the name %q is taken by another source; names must differ", i, s.Name))
		}
		seen[s.Name] = true
	}
	return faults
}

func checkURL(value, schemes string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(strings.TrimSpace(value))
	if err != nil || u.Host == "" || !slices.Contains(strings.Fields(schemes), u.Scheme) {
		return fmt.Errorf("%q is not a URL of scheme %s", value, strings.ReplaceAll(schemes, " ", ", "))
	}
	return nil
}
