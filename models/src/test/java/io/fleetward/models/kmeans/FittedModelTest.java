package io.fleetward.models.kmeans;

import static io.fleetward.models.kmeans.KMeansDetectorTest.fitted;
import static io.fleetward.models.kmeans.KMeansDetectorTest.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.models.kmeans.FittedModel.Restored;
import io.fleetward.models.kmeans.FittedModel.Restored.Rejected;
import io.fleetward.models.kmeans.FittedModel.Restored.Usable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FittedModelTest {
  private final double[][] rows = rows(21, 300);
  private final FittedModel model = fitted(rows);

  @Test
  void survivesAsBytes() {
    byte[] bytes = model.toBytes();

    FittedModel restored = ((Usable) FittedModel.fromBytes(bytes)).model();

    assertThat(restored.provenance()).isEqualTo(model.provenance());
    assertThat(restored.toBytes()).isEqualTo(bytes);
    for (double[] row : rows) {
      assertThat(restored.detector().assess(row)).isEqualTo(model.detector().assess(row));
      assertThat(restored.detector().contributions(row))
          .isEqualTo(model.detector().contributions(row));
    }
    System.out.printf("model: %d bytes%n", bytes.length);
  }

  @Test
  void makesTheSameBytesOfTheSameRows() {
    assertThat(fitted(rows(21, 300)).toBytes()).isEqualTo(model.toBytes());
    assertThat(fitted(rows(22, 300)).toBytes()).isNotEqualTo(model.toBytes());
  }

  @Test
  void saysWhyItRejects() {
    byte[] bytes = model.toBytes();
    assertThat(reason(new byte[0])).contains("0 bytes");
    assertThat(reason(new byte[64])).contains("does not begin as one");
    byte[] newer = bytes.clone();
    newer[3]++;
    assertThat(reason(newer)).contains("format version 2; this program reads version 1");
    byte[] altered = bytes.clone();
    altered[bytes.length / 2] ^= 1;
    assertThat(reason(altered)).contains("checksum");
    assertThat(reason(new byte[5 << 20])).contains("bytes");
  }

  @Test
  void rejectsGarbageUnderAValidChecksumWithoutThrowing() {
    long seed = Long.getLong("fleetward.seed", 11);
    System.out.println("fuzz seed " + seed);
    var random = new Random(seed);
    byte[] bytes = model.toBytes();
    for (int round = 0; round < 5_000; round++) {
      byte[] garbled = Arrays.copyOf(bytes, 8 + random.nextInt(bytes.length));
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        garbled[4 + random.nextInt(garbled.length - 4)] = (byte) random.nextInt();
      }
      sign(garbled);
      // Only that it answers is asserted: a changed number can still make a model that holds.
      if (FittedModel.fromBytes(garbled) instanceof Usable(FittedModel usable)
          && usable.provenance().features().size() == rows[0].length) {
        assertThat(usable.detector().assess(rows[0])).isNotNull();
      }
    }
  }

  private static void sign(byte[] bytes) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) checksum.getValue());
  }

  private static String reason(byte[] bytes) {
    Restored restored = FittedModel.fromBytes(bytes);
    assertThat(restored).isInstanceOf(Rejected.class);
    return ((Rejected) restored).reason();
  }
}
