package io.fleetward.protocol.exposition;

import static io.fleetward.protocol.exposition.PageFormat.OPEN_METRICS;
import static io.fleetward.protocol.exposition.PageFormat.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.labels.Labels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionReaderTest {
  @Test
  void readsTheTextFormat() throws MalformedPageException {
    assertThat(
            PageText.read(
                TEXT,
                """
                # HELP http_requests_total The total number of HTTP requests.
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200"} 1027 1395066363000
                http_requests_total{ method = "post" , code="400", }    3 1395066363000

                # Escaping in label values:
                msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
                #
                #no comment of ours
                metric_without_timestamp_and_labels 12.47
                \t  something_weird{problem="division by zero"} +Inf -3982045
                with_blank {a="b"}\t2
                namespace:rule:sum{} 1
                # TYPE rpc_duration_seconds summary
                rpc_duration_seconds{quantile="0.01"} NaN
                rpc_duration_seconds_sum 1.7560473e+07
                empty{a=""} -0
                odd_escape{path="C:\\d"} 1
                last 5\
                """))
        .containsExactly(
            "http_requests_total{code=\"200\", method=\"post\"} 1027.0 @1395066363000",
            "http_requests_total{code=\"400\", method=\"post\"} 3.0 @1395066363000",
            "msdos_file_access_time_seconds{error=\"Cannot find file:\\n\\\"FILE.TXT\\\"\", path=\"C:\\\\DIR\\\\FILE.TXT\"} 1.458255915E9",
            "metric_without_timestamp_and_labels{} 12.47",
            "something_weird{problem=\"division by zero\"} Infinity @-3982045",
            "with_blank{a=\"b\"} 2.0",
            "namespace:rule:sum{} 1.0",
            "rpc_duration_seconds{quantile=\"0.01\"} NaN",
            "rpc_duration_seconds_sum{} 1.7560473E7",
            "empty{} -0.0",
            "odd_escape{path=\"C:\\\\d\"} 1.0",
            "last{} 5.0");
  }

  @Test
  void readsOpenMetrics() throws MalformedPageException {
    assertThat(
            PageText.read(
                OPEN_METRICS,
                """
                # TYPE acme_http_router_request_seconds summary
                # UNIT acme_http_router_request_seconds seconds
                # HELP acme_http_router_request_seconds Latency though all of ACME's HTTP request router.
                acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32
                acme_http_router_request_seconds_created{path="/api/v1",method="GET"} 1605281325.0
                # TYPE foo histogram
                foo_bucket{le="0.1"} 8 # {} 0.054
                foo_bucket{le="1"} 11 # {trace_id="KOO5S4vxi0o"} 0.67
                foo_bucket{le="+Inf"} 17 1520879607.789 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
                # TYPE state stateset
                state{state="a"} 1
                # EOF
                """))
        .containsExactly(
            "acme_http_router_request_seconds_sum{method=\"GET\", path=\"/api/v1\"} 9036.32",
            "acme_http_router_request_seconds_created{method=\"GET\", path=\"/api/v1\"} 1.605281325E9",
            "foo_bucket{le=\"0.1\"} 8.0",
            "foo_bucket{le=\"1\"} 11.0",
            "foo_bucket{le=\"+Inf\"} 17.0 @1520879607789",
            "state{state=\"a\"} 1.0");
  }

  @Test
  void readsQuotedNames() throws MalformedPageException {
    assertThat(
            PageText.read(
                TEXT,
                """
                # HELP "my.dotted.metric" Some help.
                # TYPE "my.dotted.metric" gauge
                {"my.dotted.metric", "größe.λ"="groß", plain="x"} 1
                {"just a \\"name\\""} 2
                {a="b","behind"} 3
                """))
        .containsExactly(
            "my.dotted.metric{größe.λ=\"groß\", plain=\"x\"} 1.0",
            "just a \"name\"{} 2.0",
            "behind{a=\"b\"} 3.0");
  }

  @Test
  void givesOutWhereASeriesStands() throws MalformedPageException {
    byte[] page = "  a{b=\"c\"} 1\nd 2\n".getBytes(StandardCharsets.UTF_8);
    ExpositionReader reader = new ExpositionReader(ExpositionLimits.ofSamples(2));
    reader.reset(page, page.length, TEXT);

    assertThat(reader.next()).isTrue();
    assertThat(new String(page, 2, 8, StandardCharsets.UTF_8)).isEqualTo("a{b=\"c\"}");
    assertThat(reader.seriesStart()).isEqualTo(2);
    assertThat(reader.seriesEnd()).isEqualTo(10);
    assertThat(reader.labels()).isEqualTo(Labels.of("__name__", "a", "b", "c"));
    assertThat(reader.next()).isTrue();
    assertThat(reader.labels().metricName()).isEqualTo("d");
    assertThat(reader.next()).isFalse();
    assertThat(reader.next()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|1:2: expected a value, found nothing",
        "ok 1;a{b=\"c\"} x|2:10: expected a value, found \"x\"",
        "a 1 2 3|1:7: expected the end of the line, found '3'",
        "a 1 1.5|1:5: expected a time in milliseconds, found \"1.5\"",
        "<!DOCTYPE html>|1:1: expected a name, found '<'",
        "9a 1|1:1: expected a name, found '9'",
        "a{b:c=\"d\"} 1|1:4: expected '=', found ':'",
        "a{b=c} 1|1:5: expected '\"', found 'c'",
        "a{b=\"c} 1|1:10: expected '\"' at the end of the label's value, found the end of the page",
        "a{b=\"ü} 1;|1:10: expected '\"' at the end of the label's value, found the end of the line",
        "a{b=\"c\\|1:8: expected a character after '\\', found the end of the page",
        "a{b=\"c\" d=\"e\"} 1|1:9: expected ',' or '}', found 'd'",
        "a{b=\"c\"|1:8: expected ',' or '}', found the end of the page",
        "{b=\"c\"} 1|1:8: a series without a name",
        "a{\"b\"} 1|1:6: expected '=', found '}'",
        "a{b=\"1\",b=\"2\"} 1|1:11: label \"b\" comes twice",
        "{\"a\",__name__=\"b\"} 1|1:15: label \"__name__\" comes twice",
        "a{\"\"=\"c\"} 1|1:6: a label without a name",
        "# TYPE a nonsense|1:10: expected a type, one of counter, gauge, histogram, summary, untyped, found 'n'",
        "# TYPE a counter x|1:18: expected the end of the line, found 'x'",
        "# HELP 1a x|1:8: expected a name, found '1'",
        "a\u0001 1|1:2: expected a value, found \"?\""
      })
  void tellsWhatIsWrongWithText(String page, String message) {
    assertThatThrownBy(() -> PageText.read(TEXT, page.replace(';', '\n')))
        .isInstanceOf(MalformedPageException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a 1|2:1: the page ends without # EOF",
        "a 1;;# EOF|2:1: expected a name, found the end of the line",
        "a  1;# EOF|1:3: expected a value, found nothing",
        "a{b=\"c\", d=\"e\"} 1;# EOF|1:9: expected a name, found ' '",
        "a 1 ;# EOF|1:5: expected a time in seconds, found nothing",
        "# EOF;a 1|2:1: something follows # EOF",
        "# EOF x|1:6: expected the end of the line, found ' '",
        "# a comment;# EOF|1:1: expected # TYPE, # HELP, # UNIT or # EOF",
        "#EOF|1:1: expected # TYPE, # HELP, # UNIT or # EOF",
        "# TYPE a untyped;# EOF|1:10: expected a type, one of counter, gauge, gaugehistogram, histogram, info, stateset, summary, unknown, found 'u'",
        "a 1 # {b=\"c\"};# EOF|1:14: expected a space, found the end of the line",
        "a 1 # {b=\"c\"} x;# EOF|1:15: expected the exemplar's value, found \"x\"",
        "a 1 1e30;# EOF|1:5: expected a time in seconds, found \"1e30\""
      })
  void tellsWhatIsWrongWithOpenMetrics(String page, String message) {
    assertThatThrownBy(() -> PageText.read(OPEN_METRICS, page.replace(';', '\n')))
        .isInstanceOf(MalformedPageException.class)
        .hasMessage(message);
  }

  @Test
  void keepsToItsLimits() {
    assertThatThrownBy(() -> limited("a 1\nb 1\nc 1\nd 1\n"))
        .hasMessage("4:1: more than 3 samples; raise the limit");
    assertThatThrownBy(() -> limited("a{b=\"\",c=\"\",d=\"\"} 1"))
        .hasMessage("1:13: more than 2 labels");
    assertThatThrownBy(() -> limited("abcdefghi 1"))
        .hasMessage("1:1: the name takes 9 bytes; at most 8 are read");
    assertThatThrownBy(() -> limited("a{b=\"0123456789\"} 1"))
        .hasMessage("1:5: the label's value takes 12 bytes; at most 11 are read");
  }

  private static void limited(String page) throws MalformedPageException {
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    PageText.read(TEXT, bytes, new ExpositionLimits(3, 2, 8, 9));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] page = "a{b=\"x\"} 1".getBytes(StandardCharsets.UTF_8);
    page[5] = (byte) 0xff;

    assertThatThrownBy(() -> PageText.read(TEXT, page, ExpositionLimits.ofSamples(1)))
        .hasMessage("1:5: a text that is not UTF-8");
  }

  @Test
  void knowsFormatsByTheirContentType() {
    assertThat(PageFormat.of("text/plain; version=0.0.4")).contains(TEXT);
    assertThat(PageFormat.of("Application/OpenMetrics-Text; version=1.0.0")).contains(OPEN_METRICS);
    assertThat(PageFormat.of("")).contains(TEXT);
    assertThat(PageFormat.of("text/html")).isEmpty();
  }
}
