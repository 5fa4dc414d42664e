package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredScrapeTest {
  @Test
  void carriesWhatModelsSaid() {
    Verdict alarm = new Verdict(0.9999, true, 0.998);
    StoredScrape scrape =
        new StoredScrape(
            42,
            7,
            Version.V2,
            StoredScrape.Form.CHANGES,
            new long[] {1, 2},
            List.of(alarm, Verdict.UNDETERMINED),
            new byte[] {3});

    StoredScrape read = StoredScrape.fromBytes(scrape.toBytes()).orElseThrow();

    assertThat(read.number()).isEqualTo(42);
    assertThat(read.tick()).isEqualTo(7);
    assertThat(read.form()).isEqualTo(StoredScrape.Form.CHANGES);
    assertThat(read.body()).containsExactly(3);
    assertThat(read.verdictOf(1)).isEqualTo(alarm);
    assertThat(read.verdictOf(2)).isEqualTo(Verdict.UNDETERMINED);
    assertThat(read.verdictOf(3)).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void readsTheFormerFormatWhichHadScoresAlone() {
    byte[] former =
        ByteBuffer.allocate(32)
            .put((byte) 2)
            .putLong(7)
            .put((byte) 1)
            .putInt(1)
            .putLong(11)
            .putDouble(0.5)
            .put(new byte[] {8, 9})
            .array();

    StoredScrape read = StoredScrape.fromBytes(former).orElseThrow();

    assertThat(read.version()).isEqualTo(Version.V1);
    assertThat(read.form()).isEqualTo(StoredScrape.Form.WHOLE);
    assertThat(read.verdictOf(11)).isEqualTo(new Verdict(0.5, false, Double.NaN));
    assertThat(read.body()).containsExactly(8, 9);
  }

  @Test
  void refusesOtherFormats() {
    assertThat(StoredScrape.fromBytes(new byte[] {1, 0, 0})).isEmpty();
  }
}
