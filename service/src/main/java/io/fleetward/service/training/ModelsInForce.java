package io.fleetward.service.training;

import io.fleetward.service.configuration.ActiveSet;
import io.fleetward.service.configuration.SetInForce;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// The models in force, as training knows them. Thread safe.
public final class ModelsInForce implements SetInForce.Part, Supplier<List<TrainableModel>> {
  private final AtomicReference<List<TrainableModel>> models;

  /// @param first is in force already
  public ModelsInForce(ActiveSet first) {
    this.models = new AtomicReference<>(of(first));
  }

  @Override
  public Runnable prepare(ActiveSet set) {
    List<TrainableModel> next = of(set);
    return () -> models.set(next);
  }

  @Override
  public List<TrainableModel> get() {
    return models.get();
  }

  private static List<TrainableModel> of(ActiveSet set) {
    return set.models().stream().map(TrainableModel::of).toList();
  }
}
