package io.fleetward.models.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultFeaturesTest {
  private static final String BUSY = "instance:node_cpu_busy:ratio_rate30s";
  private static final String MEMORY = "instance:node_memory_available:ratio";

  private static double deviation(String series, double actual, double expected) {
    double[] all = FaultFeatures.deviations(List.of(new Contribution(series, actual, expected, 1)));
    int place = FaultFeatures.series().indexOf(series);
    return place < 0 ? Arrays.stream(all).sum() : all[place];
  }

  @Test
  void aDeviationIsCountedInUnitsAndInTheDirectionOfFaults() {
    assertThat(deviation(BUSY, 0.9, 0.4)).isCloseTo(10, within(1e-9));
    assertThat(deviation(MEMORY, 0.1, 0.4)).isCloseTo(15, within(1e-9));
  }

  @Test
  void whatIsMissingOrNotInTheVocabularyDoesNotDeviate() {
    assertThat(deviation(BUSY, Double.NaN, 0.4)).isZero();
    assertThat(deviation(BUSY, 0.4, Double.NaN)).isZero();
    assertThat(deviation(BUSY, Double.POSITIVE_INFINITY, 0.4)).isZero();
    assertThat(deviation("something:else", 1e9, 0)).isZero();
    assertThat(FaultFeatures.deviations(List.of())).containsOnly(0);
  }

  @Test
  void strengthIsSquashedAndTheHarmlessSideIsNotRead() {
    assertThat(FaultFeature.squashed(0.99)).isZero();
    assertThat(FaultFeature.squashed(2)).isCloseTo(0.1, within(1e-12));
    assertThat(FaultFeature.squashed(8)).isCloseTo(0.3, within(1e-12));
    assertThat(FaultFeature.squashed(1024)).isEqualTo(1);
    assertThat(FaultFeature.squashed(1e12)).isEqualTo(1);
    assertThat(FaultFeature.squashed(-1e12)).isZero();
  }

  @Test
  void noFeatureComesTwice() {
    assertThat(FaultFeatures.series()).doesNotHaveDuplicates().hasSize(FaultFeatures.count());
  }
}
