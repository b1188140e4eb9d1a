package app

import "github.com/dateline-news/dateline/index/register"

// register is the event register over this process's streams and archive.
func (p *process) register() *register.Register {
	return register.New(register.Options{Bus: p.bus, Store: p.archive, Logger: p.Logger})
}
