package io.fleetward.rules.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.labels.Labels;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final TemplateData DATA =
      new TemplateData(
          Labels.of("instance", "web-1.example.org:9100", "job", "node exporter"),
          Labels.of("cluster", "a"),
          "https://fleet.example.org/ui",
          1234567.891,
          0,
          _ ->
              List.of(
                  new QuerySample(Map.of("device", "sdb"), 2),
                  new QuerySample(Map.of("device", "sda"), 1)));

  private static final List<String> WORDS =
      List.of(
          "{{",
          "}}",
          "{{- ",
          " -}}",
          "if",
          "else",
          "end",
          "range",
          "with",
          "define",
          "\"x\"",
          "template",
          "$labels",
          "$value",
          "$x",
          ":=",
          "=",
          ".",
          ".job",
          "|",
          "printf",
          "\"%d\"",
          "humanize",
          "query",
          "first",
          "(",
          ")",
          "1",
          "1.5",
          "eq",
          "and",
          "'c'",
          "/*",
          "*/",
          "break",
          "nil",
          "`y`",
          "text",
          ",",
          "index",
          "len");

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "{{ $labels.instance }} is {{ $value }} § web-1.example.org:9100 is 1.234567891e+06",
        "{{ $labels.missing }}! § !",
        "{{ .Labels.job }}, {{ $externalLabels.cluster }}, {{ .ExternalURL }} § node exporter, a, https://fleet.example.org/ui",
        "{{ $labels }} § map[instance:web-1.example.org:9100 job:node exporter]",
        "{{ printf `%.2f|%5.1f|%-6s|%q|%d|%x|%t|%%` 3.14159 2.5 `ab` `c` 7 255 true }} § 3.14|  2.5|ab    |\"c\"|7|ff|true|%",
        "{{ printf `%.4g %e %v` 1234567.0 0.5 1e21 }} § 1.235e+06 5.000000e-01 1e+21",
        "{{ printf `%d %s` 3.5 }} § %!d(float64=3.5) %!s(MISSING)",
        "{{ $value | humanize }} {{ 0.00123 | humanize }} {{ 0.0 | humanize }} § 1.235M 1.23m 0",
        "{{ 1048576.0 | humanize1024 }} {{ 1536 | humanize1024 }} § 1Mi 1.5ki",
        "{{ 93784.0 | humanizeDuration }} {{ 0.0015 | humanizeDuration }} {{ 59.5 | humanizeDuration }} § 1d 2h 3m 4s 1.5ms 59.5s",
        "{{ 0.12345 | humanizePercentage }} § 12.35%",
        "{{ 1435065584.128 | humanizeTimestamp }} § 2015-06-23 13:19:44.128 +0000 UTC",
        "{{ if gt $value 5.0 }}big{{ else if lt $value 1.0 }}tiny{{ else }}mid{{ end }} § big",
        "{{ with $labels.missing }}there{{ else }}gone{{ end }} § gone",
        "{{ range $i, $s := query `x` }}{{ $i }}={{ $s.Labels.device }}:{{ .Value }};{{ end }} § 0=sdb:2;1=sda:1;",
        "{{ range query `x` | sortByLabel `device` }}{{ label `device` . }} {{ value . }},{{ end }} § sda 1,sdb 2,",
        "{{ query `x` | first | value }} § 2",
        "{{ define `t` }}[{{ .arg0 }}-{{ .arg1 }}]{{ end }}{{ template `t` (args 1 `b`) }} § [1-b]",
        "{{ $x := 1 }}{{ range $i := query `x` }}{{ $x = 2 }}{{ end }}{{ $x }} § 2",
        "a {{- `b` -}} c § abc",
        "{{/* nothing */}}x § x",
        "{{ title `hello world` }} {{ toUpper `a` }} {{ reReplaceAll `(.)b` `${1}c` `abab` }} § Hello World A acac",
        "{{ stripPort $labels.instance }} {{ stripDomain $labels.instance }} § web-1.example.org web-1:9100",
        "{{ match `^web` $labels.instance }} {{ eq $labels.job `x` `node exporter` }} § true true",
        "{{ pathPrefix }} {{ tableLink `a b` }} § /ui /graph?g0.expr=a+b&g0.tab=1",
        "{{ and 1 `` 2 }}{{ or `` `z` }}{{ not true }} {{ len `abc` }} {{ index $labels `job` }} § zfalse 3 node exporter",
        "{{ 1e6 }} {{ 100000.0 }} {{ 0.0001 }} {{ 0.00001 }} § 1e+06 100000 0.0001 1e-05",
        "{{ parseDuration `1h` }} {{ toDuration 90.5 }} {{ toTime 0.0 }} § 3600 1m30.5s 1970-01-01 00:00:00 +0000 UTC",
      })
  void expandsAsGoDoes(String template, String expected) {
    assertThat(Template.parse(template).expand(DATA)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ $label.x }}",
        "{{ nope 1 }}",
        "{{ if true }}",
        "{{ end }}",
        "{{ \"x }}",
        "{{",
        "{{ }}",
        "{{ break }}",
        "{{ ( 1 }}",
      })
  void whatIsNoTemplateIsRefused(String template) {
    assertThat(Template.problem(template)).isPresent();
  }

  @Test
  void anErrorIsToldInTheText() {
    assertThat(Template.parse("{{ query `x` | first | humanize }}").render("Disk", DATA))
        .isEqualTo(
            "<error expanding template: error executing template __alert_Disk: 1:24: can't convert *template.sample to float>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "a {{ nope 1 }} § 1:6: function \"nope\" not defined",
        "a⏎ b {{ if $x }}{{ end }} § 2:10: undefined variable \"$x\"",
        "⏎⏎{{ \"x }} § 3:4: unterminated quoted string; close it with \"",
        "{{ 1 § 1:1: unclosed action; end it with }}",
        "{{ if true }} § 1:14: missing {{end}}",
        "x{{ . := 1 }} § 1:7: unexpected \":=\" in operand",
      })
  void whatCannotBeReadIsToldWithItsPlace(String template, String problem) {
    assertThat(Template.problem(template.replace("⏎", "\n")))
        .contains("could not parse template: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "{{ range 1.5 }}{{ end }} § 1:10: range can't iterate over 1.5",
        "⏎{{ printf `%d` (index $labels 1) }} § 2:17: cannot index map[string]string with int",
        "{{ template `t` }} § 1:4: template \"t\" not defined",
      })
  void whatCannotBeDoneIsToldWithItsPlace(String template, String problem) {
    Template parsed = Template.parse(template.replace("⏎", "\n"));
    assertThatThrownBy(() -> parsed.expand(DATA)).hasMessage(problem);
  }

  @Test
  void endlessTemplatesComeToAnEnd() {
    Template endless =
        Template.parse("{{ define `t` }}{{ template `t` . }}{{ end }}{{ template `t` . }}");
    assertThat(endless.render("X", DATA)).contains("exceeded maximum template depth");
    String nested = "{{ range $i := 5000 }}";
    Template loops = Template.parse(nested + nested + "x{{ end }}{{ end }}");
    assertThat(loops.render("X", DATA)).contains("does not come to an end");
    String idle = "{{ range 999999999 }}";
    assertThat(Template.parse(idle + idle + "{{ end }}{{ end }}").render("X", DATA))
        .contains("does not come to an end");
    assertThat(Template.parse(idle + "{{ query `x` }}{{ end }}").render("X", DATA))
        .contains("does not come to an end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ $x := `ab` }}{{ range 99 }}{{ $x = printf `%s%s` $x $x }}{{ end }}",
        "{{ $x := `ab` }}{{ range 99 }}{{ $x = print $x $x }}{{ end }}",
        "{{ $x := `ab` }}{{ range 99 }}{{ $x = reReplaceAll `.` `$0$0$0` $x }}{{ end }}",
        "{{ $x := args 1 }}{{ range 99 }}{{ $x = args $x $x }}{{ end }}{{ $x }}",
        "{{ range 99999 }}{{ printf `%9999d` 1 }}{{ end }}",
      })
  void textsStaySmall(String template) {
    assertThat(Template.parse(template).render("X", DATA)).contains("more than 1 MB");
  }

  @Test
  void nestingHasAnEnd() {
    String chain = "{{ if 1 }}" + "{{ else if 2 }}".repeat(15_000) + "{{ end }}";
    String parentheses = "{{ " + "(".repeat(100_000) + " 1 }}";
    String blocks = "{{ with 1 }}".repeat(20_000);
    for (String text : List.of(chain, parentheses, blocks, "x".repeat(300_000))) {
      assertThat(Template.problem(text)).isPresent();
    }
  }

  @Test
  void anyTextIsExpandedOrRefused() {
    long seed = Long.getLong("fleetward.seed", 11);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{{ ");
      int length = random.nextInt(1, 20);
      for (int word = 0; word < length; word++) {
        text.append(WORDS.get(random.nextInt(WORDS.size())))
            .append(random.nextBoolean() ? " " : "");
      }
      try {
        if (Template.problem(text.toString()).isEmpty()) {
          Template.parse(text.toString()).render("X", DATA);
        }
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed %d: \"%s\"".formatted(seed, text), e);
      }
    }
  }
}
