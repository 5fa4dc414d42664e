package io.fleetward.models.kmeans;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.MutableDataset;
import org.tribuo.Tribuo;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansModel;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.clustering.kmeans.KMeansTrainer.Initialisation;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.DistanceType;
import org.tribuo.math.la.DenseVector;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/// Trains K-Means with Tribuo: one thread and a fixed seed, so that the same rows make the same
/// centroids.
final class TribuoKMeans {
  static final long SEED = 20_260_117L;
  static final String VERSION = Tribuo.VERSION;

  private static final int ITERATIONS = 30;

  /// Held on to: java.util.logging forgets the level of a logger that nobody refers to.
  private static final Logger LOGGER = Logger.getLogger(KMeansTrainer.class.getName());

  static {
    LOGGER.setLevel(Level.WARNING);
  }

  private TribuoKMeans() {}

  /// @param scaled rows of one length, all values finite
  /// @param centroids at most as many as there are distinct rows
  static KMeansModel train(double[][] scaled, int centroids) {
    var trainer =
        new KMeansTrainer(
            centroids, ITERATIONS, DistanceType.L2.getDistance(), Initialisation.PLUSPLUS, 1, SEED);
    var factory = new ClusteringFactory();
    var data =
        new MutableDataset<>(new SimpleDataSourceProvenance("learnt rows", factory), factory);
    String[] names = names(scaled[0].length);
    for (double[] row : scaled) {
      data.add(example(names, row));
    }
    return trainer.train(data);
  }

  /// The centroids as an array; those that Tribuo left without a finite place are dropped.
  static Centroids read(KMeansModel model, int width) {
    double[] values =
        Arrays.stream(model.getCentroidVectors())
            .map(DenseVector::toArray)
            .filter(centroid -> Arrays.stream(centroid).allMatch(Double::isFinite))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    return new Centroids(width, values);
  }

  static ArrayExample<ClusterID> example(String[] names, double[] row) {
    return new ArrayExample<>(new ClusterID(ClusterID.UNASSIGNED), names, row.clone());
  }

  /// Names that Tribuo, which orders features by name, leaves in the order of rows.
  static String[] names(int width) {
    String[] names = new String[width];
    Arrays.setAll(names, i -> "f%05d".formatted(i));
    return names;
  }
}
