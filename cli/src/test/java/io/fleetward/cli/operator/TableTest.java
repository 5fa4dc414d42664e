package io.fleetward.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  private static final String ID = "rem-" + "0f".repeat(12);

  @Test
  void rowsWithIdsAsTheServiceMakesThemFitATerminal() {
    Table remediations = new Table("", "ID", "STATE", "INSTANCE", "PROPOSED", "ACTION");
    remediations.row(
        ID, "awaiting-approval", "web-17.example", "11-01 13:00:04", "end-process {pid=\"4711\"}");
    Table incidents = new Table("", "ID", "STATE", "SEVERITY", "INSTANCE", "OPENED", "TITLE");
    incidents.row(
        ID, "resolved", "critical", "web-17.example", "11-01 13:00:04", "Runaway on web-17");

    assertThat(remediations.lines()).allMatch(line -> line.length() <= 100);
    assertThat(remediations.lines().getLast()).endsWith("  end-process {pid=\"…");
    assertThat(incidents.lines()).allMatch(line -> line.length() <= 100);
    assertThat(incidents.lines().getLast()).endsWith("  Runaway on web-17");
  }

  @Test
  void theLastColumnIsCutButNeverGone() {
    Table table = new Table("  ", "ID", "REASON");
    table.row("x".repeat(95), "a reason that does not fit");

    assertThat(table.lines().getLast()).endsWith("x  a reason th…");
    assertThat(table.wholeLines().getLast()).endsWith("a reason that does not fit");
  }

  @Test
  void charactersThatSteerATerminalAreReplaced() {
    Table table = new Table("", "NAME");
    table.row("a\u001b[2J\nb\u202ec");

    assertThat(table.lines().getLast()).isEqualTo("a?[2J?b?c");
  }
}
