package wire

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/news"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The headers of a message and the schema they name. A report without a
// schema version is of the version before the first one, which differs in
// nothing but the headers.
const (
	headerSchema        = "Dateline-Schema"
	headerSchemaVersion = "Dateline-Schema-Version"
	headerEnricher      = "Dateline-Enricher"

	schemaReport  = "report"
	schemaVersion = 1
)

// schemas names what the messages of each stream hold.
var schemas = map[Stream]string{
	StreamRaw: schemaReport, StreamReports: schemaReport, StreamEvents: "event", StreamAlerts: "notification", StreamPolls: "poll",
}

// Message is what a consumer gets of a stream: a report on RAW and REPORTS, a
// body of JSON on the others.
type Message struct {
	// Report is nil on streams that hold no reports.
	Report *news.Report
	// Body is the JSON of a message that is not a report, of this schema
	// version or the one before; it is nil for a report.
	Body []byte
	// Enricher is the version of the enricher that annotated the report, 0 on
	// the RAW stream.
	Enricher int
	Subject  string
	// Sequence is the message's place in its stream. It is no version: a
	// recreated stream counts from 1 again.
	Sequence uint64
	// Deliveries counts the times the message was handed out, this one included.
	Deliveries int
	// Time is when the stream stored the message.
	Time time.Time
	// Traceparent is the W3C trace context the message came with; pass it to
	// the publish that follows from the message.
	Traceparent string

	msg    jetstream.Msg
	header nats.Header
}

// receive reads what the server says of a message and leaves its body alone.
func receive(msg jetstream.Msg) (*Message, error) {
	meta, err := msg.Metadata()
	if err != nil {
		return nil, fmt.Errorf("message on %s did not come from a stream: %w", msg.Subject(), err)
	}
	return &Message{
		Subject: msg.Subject(), Sequence: meta.Sequence.Stream, Deliveries: int(meta.NumDelivered), Time: meta.Timestamp,
		Traceparent: traceparent(msg.Headers()), msg: msg, header: msg.Headers(),
	}, nil
}

// decode reads the report, or what else the stream holds, out of the message.
func (m *Message) decode(s Stream) error {
	var err error
	if schemas[s] == schemaReport {
		m.Report, m.Enricher, err = decodeReport(m.header, m.msg.Data())
		return err
	}
	m.Body, err = decodeBody(s, m.header, m.msg.Data())
	return err
}

// reportID is the id of the report for the log, "" before it is decoded.
func (m *Message) reportID() string {
	if m.Report == nil {
		return ""
	}
	return m.Report.ID
}

// encodeReport writes the body and the headers of a report's message.
func encodeReport(r *news.Report, p Publish) (*nats.Msg, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode report %s: %w", r.ID, err)
	}
	header := newHeader(schemaReport, p.Traceparent)
	if p.Enricher > 0 {
		header.Set(headerEnricher, strconv.Itoa(p.Enricher))
	}
	return &nats.Msg{Data: body, Header: header}, nil
}

// newHeader names the schema of a message and continues the trace.
func newHeader(schema, parent string) nats.Header {
	header := nats.Header{}
	header.Set(headerSchema, schema)
	header.Set(headerSchemaVersion, strconv.Itoa(schemaVersion))
	header[headerTraceparent] = []string{childTrace(parent)}
	return header
}

// decodeReport reads a report of this schema version or the one before. Every
// error wraps ErrUndecodable.
func decodeReport(header nats.Header, body []byte) (*news.Report, int, error) {
	if err := checkSchema(header, schemaReport); err != nil {
		return nil, 0, err
	}
	enricher, err := headerNumber(header, headerEnricher)
	if err != nil {
		return nil, 0, err
	}
	report := new(news.Report)
	if err := json.Unmarshal(body, report); err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrUndecodable, err)
	}
	if err := report.Validate(); err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrUndecodable, err)
	}
	return report, enricher, nil
}

// decodeBody returns the body of a message that is not a report. Every error
// wraps ErrUndecodable.
func decodeBody(s Stream, header nats.Header, body []byte) ([]byte, error) {
	if err := checkSchema(header, schemas[s]); err != nil {
		return nil, err
	}
	if !json.Valid(body) {
		return nil, fmt.Errorf("%w: the body is no JSON", ErrUndecodable)
	}
	return body, nil
}

func checkSchema(header nats.Header, want string) error {
	if name := header.Get(headerSchema); name != "" && name != want {
		return fmt.Errorf("%w: schema %q, want %q", ErrUndecodable, name, want)
	}
	version, err := headerNumber(header, headerSchemaVersion)
	if err != nil {
		return err
	}
	if version > schemaVersion {
		return fmt.Errorf("%w: schema version %d is newer than %d; update this stage, then replay the message",
			ErrUndecodable, version, schemaVersion)
	}
	return nil
}

// headerNumber reads a count from a header, 0 when it is absent.
func headerNumber(header nats.Header, name string) (int, error) {
	value := header.Get(name)
	if value == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%w: header %s is %q, want a number", ErrUndecodable, name, value)
	}
	return n, nil
}
