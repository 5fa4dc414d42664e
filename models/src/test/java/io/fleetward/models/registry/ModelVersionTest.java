package io.fleetward.models.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.models.registry.ModelVersion.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVersionTest {
  private static final ModelVersion VERSION = Versions.version((byte) 1, (byte) 2, (byte) 3);

  @TempDir Path folder;

  @Test
  void comesBackAsItWas() {
    ModelVersion read = usable(VERSION.toBytes());

    assertThat(read.id()).isEqualTo(VERSION.id()).matches("20261123T120000Z-[0-9a-f]{8}");
    assertThat(read.provenance()).isEqualTo(VERSION.provenance());
    assertThat(read.payload()).containsExactly(1, 2, 3);
    assertThat(read.toBytes()).isEqualTo(VERSION.toBytes());
  }

  @Test
  void isKnownByAllThatItHolds() {
    assertThat(Versions.version((byte) 1, (byte) 2, (byte) 4).id()).isNotEqualTo(VERSION.id());
    assertThat(
            ModelVersion.of(Versions.provenance("host", List.of("busy", "disk")), VERSION.payload())
                .id())
        .isNotEqualTo(VERSION.id());
  }

  @Test
  void saysWhatWasLearntInAll() {
    assertThat(VERSION.provenance().rows()).isEqualTo(250);
    assertThat(VERSION.provenance().from()).isEqualTo(Versions.NOON.minusSeconds(9_000));
    assertThat(VERSION.provenance().to()).isEqualTo(Versions.NOON.minusSeconds(60));
  }

  @Test
  void everyAlteredByteIsRefused() {
    byte[] bytes = VERSION.toBytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= 0x10;

      assertThat(ModelVersion.read(altered)).as("byte %d", i).isInstanceOf(Reading.Refused.class);
    }
    bytes[bytes.length - 40] ^= 1;
    assertThat(reason(bytes))
        .isEqualTo("the model was altered: its digest does not match; take it from its source");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] bytes = VERSION.toBytes();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(ModelVersion.read(Arrays.copyOf(bytes, length)))
          .as("%d bytes", length)
          .isInstanceOf(Reading.Refused.class);
    }
    assertThat(reason(Arrays.copyOf(bytes, bytes.length - 1)))
        .isEqualTo(
            "the model is cut off: %d of %d bytes".formatted(bytes.length - 1, bytes.length));
    assertThat(reason(Arrays.copyOf(bytes, bytes.length + 2)))
        .isEqualTo("the model has 2 bytes beyond its end");
  }

  @Test
  void aNewerFormatIsRefused() {
    byte[] bytes = VERSION.toBytes();
    ByteBuffer.wrap(bytes).putInt(Integer.BYTES, ModelBytes.FORMAT + 1);

    assertThat(reason(bytes))
        .startsWith("a model of format 2, but this program reads format 1; use the version of");
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertThat(reason(new byte[0])).isEqualTo("no model: it does not begin as one");
    assertThat(reason("index,score\n1,2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo("no model: it does not begin as one");
  }

  @Test
  void lengthsThatCannotBeAreRefusedBeforeAnythingIsMade() {
    byte[] bytes = VERSION.toBytes();
    ByteBuffer.wrap(bytes).putInt(3 * Integer.BYTES, Integer.MAX_VALUE);

    assertThat(reason(bytes)).isEqualTo("the model was altered: its lengths make no sense");
    assertThatThrownBy(() -> Versions.version(new byte[ModelBytes.MOST_PAYLOAD + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void aFileIsRefusedByItsName() throws IOException {
    Path good = Files.write(folder.resolve("web.model"), VERSION.toBytes());
    Path bad = Files.write(folder.resolve("bad.model"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Path absent = folder.resolve("absent.model");

    assertThat(ModelVersion.read(good)).isInstanceOf(Reading.Usable.class);
    assertThat(ModelVersion.read(bad))
        .isEqualTo(new Reading.Refused(bad + ": no model: it does not begin as one"));
    assertThat(ModelVersion.read(absent))
        .isEqualTo(new Reading.Refused(absent + ": cannot be read (NoSuchFileException)"));
  }

  @Test
  void otherFeaturesAreRefusedByName() {
    assertThat(VERSION.misfit("host", List.of("busy", "memory"))).isEmpty();
    assertThat(VERSION.misfit("disk", List.of("busy", "memory")))
        .hasValue("version %s is of model \"host\", not of \"disk\"".formatted(VERSION.id()));
    assertThat(VERSION.misfit("host", List.of("busy", "memory", "disk")).orElse(""))
        .contains("made for other features (it does not know \"disk\")");
    assertThat(VERSION.misfit("host", List.of("busy")).orElse("")).contains("it needs \"memory\"");
    assertThat(VERSION.misfit("host", List.of("memory", "busy")).orElse(""))
        .contains("they come in another order");
  }

  private static ModelVersion usable(byte[] bytes) {
    return switch (ModelVersion.read(bytes)) {
      case Reading.Usable(ModelVersion version) -> version;
      case Reading.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String reason(byte[] bytes) {
    return switch (ModelVersion.read(bytes)) {
      case Reading.Usable _ -> throw new AssertionError("was read");
      case Reading.Refused(String reason) -> reason;
    };
  }
}
