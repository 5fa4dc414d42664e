package io.fleetward.protocol.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.labels.LabelMatcher.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelMatcherTest {
  @ParameterizedTest
  @CsvSource({
    "EQUAL, idle, idle, true",
    "EQUAL, idle, idles, false",
    "EQUAL, '', '', true",
    "NOT_EQUAL, idle, user, true",
    "NOT_EQUAL, idle, '', true",
    "NOT_EQUAL, idle, idle, false",
    "MATCHES, idle|iowait, iowait, true",
    "MATCHES, idle|iowait, xiowait, false",
    "MATCHES, idle|iowait, idlex, false",
    "MATCHES, .*, '', true",
    "MATCHES, .+, '', false",
    "MATCHES, '', '', true",
    "NOT_MATCHES, idle|iowait, user, true",
    "NOT_MATCHES, idle|iowait, idle, false",
    "NOT_MATCHES, .+, '', true",
  })
  void comparesTheWholeValue(Operator operator, String value, String candidate, boolean matches) {
    LabelMatcher matcher = new LabelMatcher("mode", operator, value);

    assertThat(matcher.matchesValue(candidate)).isEqualTo(matches);
    assertThat(matcher.matches(Labels.of("mode", candidate))).isEqualTo(matches);
  }

  @Test
  void letsTheDotMatchANewline() {
    assertThat(new LabelMatcher("a", Operator.MATCHES, "x.y").matchesValue("x\ny")).isTrue();
  }

  @Test
  void takesAMissingLabelForAnEmptyOne() {
    assertThat(new LabelMatcher("zone", Operator.EQUAL, "").matches(Labels.EMPTY)).isTrue();
    assertThat(new LabelMatcher("zone", Operator.NOT_EQUAL, "").matches(Labels.EMPTY)).isFalse();
  }

  @Test
  void refusesWhatRe2DoesNotKnow() {
    assertThatThrownBy(() -> new LabelMatcher("a", Operator.MATCHES, "(?=x)"))
        .isInstanceOf(LabelMatcher.InvalidMatcherException.class)
        .hasMessageStartingWith("\"(?=x)\" is not a valid RE2 expression: ");
    assertThat(new LabelMatcher("a", Operator.EQUAL, "(?=x)").matchesValue("(?=x)")).isTrue();
  }

  @Test
  void takesNoTimeOverAHostileExpression() {
    LabelMatcher matcher = new LabelMatcher("a", Operator.MATCHES, "(a+)+b");

    assertThat(matcher.matchesValue("a".repeat(2_000))).isFalse();
  }

  @Test
  void isEqualByWhatItSays() {
    LabelMatcher matcher = new LabelMatcher("a", Operator.MATCHES, "x");

    assertThat(matcher).isEqualTo(new LabelMatcher("a", Operator.MATCHES, "x"));
    assertThat(matcher).hasSameHashCodeAs(new LabelMatcher("a", Operator.MATCHES, "x"));
    assertThat(matcher).isNotEqualTo(new LabelMatcher("a", Operator.NOT_MATCHES, "x"));
  }

  @Test
  void readsAsPromqlWritesIt() {
    assertThat(new LabelMatcher("a", Operator.NOT_MATCHES, "x\\.y\"\n"))
        .hasToString("a!~\"x\\\\.y\\\"\\n\"");
  }
}
