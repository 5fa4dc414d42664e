package io.fleetward.models.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fleetward.models.faults.FaultModelFile.Files;
import io.fleetward.models.faults.FaultModelFile.Restored;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.protos.core.ModelProto;

class FaultModelFileTest {
  private static final List<Contribution> SOMETHING =
      List.of(new Contribution(FaultFeatures.series().getFirst(), 0.9, 0.1, 1));
  private static final LearntFaults MADE_UP =
      new LearntFaults(MadeUpEpisodes.episodes(1), List.of(), 1);
  private static final Files FILES = MADE_UP.trainToFiles();

  private static String reason(Files files) {
    return ((Restored.Rejected) FaultModelFile.read(files)).reason();
  }

  @Test
  void aModelReadAgainSaysTheSame() {
    Restored.Usable usable = (Restored.Usable) FaultModelFile.read(FILES);
    List<FaultProbability> read = usable.classifier().classify(SOMETHING);
    List<FaultProbability> made = MADE_UP.train().classify(SOMETHING);
    assertThat(read).extracting(FaultProbability::kind).startsWith(made.getFirst().kind());
    // The file keeps four digits of the temperature.
    assertThat(read.getFirst().probability())
        .isCloseTo(made.getFirst().probability(), org.assertj.core.api.Assertions.within(1e-3));
  }

  @Test
  void anAlteredModelIsRefused() {
    byte[] altered = FILES.model().clone();
    altered[altered.length / 2] ^= 1;
    assertThat(reason(new Files(altered, FILES.properties())))
        .isEqualTo(
            "fault-kinds.pb was altered: its digest is not the one in fault-kinds.properties");
  }

  @Test
  void aModelForOtherFeaturesOrOfAnotherFormatIsRefused() {
    String other = FILES.properties().replace(FaultFeatures.digest(), "0".repeat(64));
    assertThat(reason(new Files(FILES.model(), other)))
        .isEqualTo("the model was made for other features; train it again");
    String newer = FILES.properties().replace("format=1", "format=2");
    assertThat(reason(new Files(FILES.model(), newer)))
        .isEqualTo("format 2 of fault-kinds.properties; this program reads format 1");
    assertThat(reason(new Files(FILES.model(), ""))).contains("format null");
    String cold = FILES.properties().replaceAll("temperature=.*", "temperature=-1");
    assertThat(reason(new Files(FILES.model(), cold))).contains("a temperature above 0");
  }

  @Test
  void classesThatNoClassifierHasAreNeverMade() throws InvalidProtocolBufferException {
    ModelProto model =
        ModelProto.parseFrom(FILES.model()).toBuilder().setClassName("java.lang.Runtime").build();
    byte[] bytes = model.toByteArray();
    String properties =
        FILES
            .properties()
            .replace(FaultModelFile.sha256(FILES.model()), FaultModelFile.sha256(bytes));
    assertThat(reason(new Files(bytes, properties)))
        .isEqualTo("the model does not hold together: the class java.lang.Runtime is not allowed");
  }

  @Test
  void theShippedModelLoadsAndIsSmall() {
    assertThat(FaultClassifier.shipped().classify(SOMETHING)).isNotEmpty();
  }
}
