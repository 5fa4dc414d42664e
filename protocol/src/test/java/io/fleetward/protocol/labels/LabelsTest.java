package io.fleetward.protocol.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Labels UP = Labels.of("__name__", "up", "instance", "web-1");

  @Test
  void areSortedByName() {
    Labels labels = Labels.of("instance", "web-1", "__name__", "up");

    assertThat(labels).isEqualTo(UP).hasSameHashCodeAs(UP);
    assertThat(labels.nameAt(0)).isEqualTo("__name__");
    assertThat(labels.valueAt(1)).isEqualTo("web-1");
    assertThat(labels.size()).isEqualTo(2);
  }

  @Test
  void leaveOutEmptyValues() {
    assertThat(Labels.of("__name__", "up", "instance", "web-1", "zone", "")).isEqualTo(UP);
    assertThat(Labels.from(Map.of("zone", ""))).isEqualTo(Labels.EMPTY);
    assertThat(UP.with("instance", "")).isEqualTo(Labels.of("__name__", "up"));
  }

  @Test
  void refuseANameThatComesTwiceOrHasNoValue() {
    assertThatThrownBy(() -> Labels.of("a", "1", "a", "2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label given twice: a");
    assertThatThrownBy(() -> Labels.of("a", "1", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name without a value: b");
  }

  @Test
  void takeSortedPairsAsTheyAre() {
    String[] pairs = {"__name__", "up", "instance", "web-1"};
    assertThat(Labels.ofSorted(pairs)).isEqualTo(UP);
  }

  @Test
  void refusePairsThatOnlyClaimToBeSorted() {
    List<String[]> wrong =
        List.of(
            new String[] {"b", "1", "a", "2"},
            new String[] {"a", "1", "a", "2"},
            new String[] {"a", ""},
            new String[] {"a"});
    for (String[] pairs : wrong) {
      assertThatThrownBy(() -> Labels.ofSorted(pairs)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void haveAnEmptyValueForAMissingLabel() {
    assertThat(UP.value("zone")).isEmpty();
    assertThat(UP.has("zone")).isFalse();
    assertThat(UP.has("instance")).isTrue();
    assertThat(Labels.EMPTY.metricName()).isEmpty();
    assertThat(Labels.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void changeIntoOthers() {
    assertThat(UP.with("zone", "a").value("zone")).isEqualTo("a");
    assertThat(UP.withAll(Labels.of("instance", "web-2", "zone", "b")))
        .isEqualTo(Labels.of("__name__", "up", "instance", "web-2", "zone", "b"));
    assertThat(UP.withAll(Labels.EMPTY)).isSameAs(UP);
    assertThat(UP.without("__name__")).isEqualTo(Labels.of("instance", "web-1"));
    assertThat(UP.without("zone")).isSameAs(UP);
    assertThat(UP.without(List.of("zone", "zone"))).isSameAs(UP);
    assertThat(UP.keep(Set.of("instance", "zone"))).isEqualTo(Labels.of("instance", "web-1"));
  }

  @Test
  void areOrderedNameFirstThenValueThenLength() {
    assertThat(Labels.of("a", "1")).isLessThan(Labels.of("a", "2"));
    assertThat(Labels.of("a", "2")).isLessThan(Labels.of("b", "1"));
    assertThat(Labels.of("a", "1")).isLessThan(Labels.of("a", "1", "b", "1"));
    assertThat(UP).isEqualByComparingTo(UP.with("zone", ""));
  }

  @Test
  void areOrderedByCodePointAsUtf8Is() {
    String emoji = "😀";
    String replacement = "\uFFFD";

    // Java's own order is the other way round
    assertThat(emoji.compareTo(replacement)).isNegative();
    assertThat(Labels.TEXT_ORDER.compare(emoji, replacement)).isPositive();
    assertThat(Labels.of(emoji, "1", replacement, "2").nameAt(0)).isEqualTo(replacement);
    assertThat(Labels.TEXT_ORDER.compare("a", "ab")).isNegative();
    assertThat(Labels.TEXT_ORDER.compare("a", "a")).isZero();
  }

  @Test
  void readAsPrometheusWritesThem() {
    assertThat(UP).hasToString("up{instance=\"web-1\"}");
    assertThat(Labels.EMPTY).hasToString("{}");
    assertThat(Labels.of("a", "1", "b", "say \"hi\"\\\n"))
        .hasToString("{a=\"1\", b=\"say \\\"hi\\\"\\\\\\n\"}");
  }
}
