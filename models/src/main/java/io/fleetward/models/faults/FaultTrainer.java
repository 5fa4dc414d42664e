package io.fleetward.models.faults;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.sgd.AbstractSGDTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/// Trains a multinomial logistic regression with Tribuo, by stochastic gradients: one thread and a
/// fixed seed, so that the same episodes make the same model.
final class FaultTrainer {
  private static final double STEP = 0.3;
  private static final double DAMPING = 0.1;
  private static final int EPOCHS = 30;
  private static final int BATCH = 8;
  private static final int QUIET = -1;

  /// Held on to: java.util.logging forgets the level of a logger that nobody refers to.
  private static final Logger LOGGER = Logger.getLogger(AbstractSGDTrainer.class.getName());

  static {
    LOGGER.setLevel(Level.WARNING);
  }

  private FaultTrainer() {}

  /// @param weighted of at least two kinds
  static LinearSGDModel train(List<WeightedEpisode> weighted, long seed) {
    var factory = new LabelFactory();
    var data = new MutableDataset<>(new SimpleDataSourceProvenance("episodes", factory), factory);
    for (WeightedEpisode each : weighted) {
      var example = example(each.episode().kind().name(), each.episode().row());
      example.setWeight((float) each.weight());
      data.add(example);
    }
    var trainer =
        new LinearSGDTrainer(
            new LogMulticlass(), new AdaGrad(STEP, DAMPING), EPOCHS, QUIET, BATCH, seed);
    return trainer.train(data);
  }

  static ArrayExample<Label> example(String label, double[] row) {
    String[] names = new String[row.length];
    Arrays.setAll(names, FaultTrainer::name);
    return new ArrayExample<>(new Label(label), names, row.clone());
  }

  /// Names that Tribuo, which orders features by name, leaves in the order of rows.
  static String name(int feature) {
    return "f%05d".formatted(feature);
  }
}
