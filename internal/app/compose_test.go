package app

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// loadCompose reads docker-compose.yml as docker compose does.
func loadCompose(t *testing.T) *types.Project {
	t.Helper()
	root := filepath.Join("..", "..")
	options, err := cli.NewProjectOptions([]string{filepath.Join(root, "docker-compose.yml")}, cli.WithWorkingDirectory(root))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestComposeRunsEveryStageOnCheckedServers(t *testing.T) {
	project := loadCompose(t)
	want := []string{"alert", "elasticsearch", "enrich", "grafana", "index", "ingest", "kibana", "kibana-dashboards", "nats", "prometheus", "serve"}
	if got := project.ServiceNames(); !slices.Equal(got, want) {
		t.Fatalf("services %v, want %v", got, want)
	}
	for name, s := range project.Services {
		if s.Deploy == nil || s.Deploy.Resources.Limits == nil || s.Deploy.Resources.Limits.MemoryBytes == 0 {
			t.Errorf("%s has no memory limit", name)
		}
		if s.Build == nil && s.HealthCheck == nil {
			t.Errorf("%s has no health check; only our image brings one of its own", name)
		}
		for needed, how := range s.DependsOn {
			if how.Condition != types.ServiceConditionHealthy {
				t.Errorf("%s does not wait until %s is healthy", name, needed)
			}
		}
	}
	for _, stage := range All {
		s := project.Services[string(stage)]
		if len(s.Command) == 0 || s.Command[0] != string(stage) {
			t.Errorf("service %s runs %v", stage, s.Command)
		}
		if s.Environment["DATELINE_NATS_URL"] == nil {
			t.Errorf("service %s does not know its NATS server", stage)
		}
	}
	for _, keeps := range []string{"nats", "elasticsearch"} {
		if !slices.ContainsFunc(project.Services[keeps].Volumes, func(v types.ServiceVolumeConfig) bool { return v.Type == types.VolumeTypeVolume }) {
			t.Errorf("%s keeps nothing over a restart", keeps)
		}
	}
	if v := project.Services["elasticsearch"].Image; v != "elasticsearch:8.19.13" {
		t.Errorf("Elasticsearch is %s", v)
	}
}
