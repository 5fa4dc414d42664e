package io.fleetward.protocol.labels;

import static io.fleetward.protocol.labels.RelabelRule.Action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Cases and results as Prometheus' `model/relabel` gives them.
class RelabelRuleTest {
  private static final Labels FOO = Labels.of("a", "foo", "b", "bar", "c", "baz");

  private static RelabelRule rule(
      Action action, List<String> sources, String expression, String replacement, String target) {
    return new RelabelRule(action, sources, ";", expression, replacement, target, 1000);
  }

  @Test
  void replaceSetsTheTargetFromWhatMatched() {
    assertThat(rule(Action.REPLACE, List.of("a"), "f(.*)", "ch${1}-ch${1}", "d").apply(FOO))
        .contains(FOO.with("d", "choo-choo"));
    assertThat(
            rule(Action.REPLACE, List.of("a", "b"), "f(?P<x>..);(.*)r", "$x/$2$$", "d").apply(FOO))
        .contains(FOO.with("d", "oo/ba$"));
  }

  @Test
  void replaceTakesTheTargetsNameFromWhatMatched() {
    assertThat(rule(Action.REPLACE, List.of("b"), "(b)ar", "x", "${1}").apply(FOO))
        .contains(FOO.with("b", "x"));
  }

  @Test
  void replaceWithNothingRemovesTheLabel() {
    assertThat(rule(Action.REPLACE, List.of("a"), "foo", "", "c").apply(FOO))
        .contains(Labels.of("a", "foo", "b", "bar"));
  }

  @Test
  void replaceNeedsTheWholeValueToMatch() {
    assertThat(rule(Action.REPLACE, List.of("a"), "f", "x", "d").apply(FOO)).contains(FOO);
    assertThat(rule(Action.REPLACE, List.of("a"), "(f)oo", "x", "${1}-no-name").apply(FOO))
        .contains(FOO);
  }

  @Test
  void keepAndDropLookAtTheJoinedSources() {
    assertThat(rule(Action.KEEP, List.of("a", "b"), "foo;b.*", "", "").apply(FOO)).contains(FOO);
    assertThat(rule(Action.KEEP, List.of("a"), "no-match", "", "").apply(FOO)).isEmpty();
    assertThat(rule(Action.DROP, List.of("a"), ".*o.*", "", "").apply(FOO)).isEmpty();
    assertThat(rule(Action.DROP, List.of("missing"), ".+", "", "").apply(FOO)).contains(FOO);
  }

  @Test
  void equalityIsBetweenSourcesAndTarget() {
    Labels two = Labels.of("port", "80", "wanted", "80");

    assertThat(rule(Action.KEEPEQUAL, List.of("port"), "(.*)", "", "wanted").apply(two))
        .contains(two);
    assertThat(rule(Action.DROPEQUAL, List.of("port"), "(.*)", "", "wanted").apply(two)).isEmpty();
  }

  @Test
  void hashmodSpreadsByMd5() {
    // 1000 is the modulus; the result is that of Prometheus' own test
    assertThat(rule(Action.HASHMOD, List.of("c"), "(.*)", "", "d").apply(FOO))
        .contains(FOO.with("d", "976"));
  }

  @Test
  void labelmapCopiesLabelsToOtherNames() {
    Labels labels = Labels.of("a", "foo", "b1", "bar", "b2", "baz");

    assertThat(rule(Action.LABELMAP, List.of(), "(b.*)", "bar_${1}", "").apply(labels))
        .contains(labels.with("bar_b1", "bar").with("bar_b2", "baz"));
  }

  @Test
  void labeldropAndLabelkeepGoByNames() {
    Labels labels = Labels.of("a", "foo", "b1", "bar", "b2", "baz");

    assertThat(rule(Action.LABELDROP, List.of(), "(b.*)", "", "").apply(labels))
        .contains(Labels.of("a", "foo"));
    assertThat(rule(Action.LABELKEEP, List.of(), "(b.*)", "", "").apply(labels))
        .contains(Labels.of("b1", "bar", "b2", "baz"));
  }

  @Test
  void caseCanBeChanged() {
    Labels host = Labels.of("host", "WEB-Ä1");

    assertThat(rule(Action.LOWERCASE, List.of("host"), "(.*)", "", "instance").apply(host))
        .contains(host.with("instance", "web-ä1"));
    assertThat(rule(Action.UPPERCASE, List.of("host"), "(.*)", "", "host").apply(host))
        .contains(host);
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(Action.REPLACE, List.of("a"), "(", "", "d"))
        .withMessageContaining("not a valid RE2 expression");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(Action.REPLACE, List.of("a"), "a", "", ""))
        .withMessageContaining("target_label");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RelabelRule(Action.HASHMOD, List.of(), ";", "a", "", "d", 0))
        .withMessageContaining("modulus");
  }
}
