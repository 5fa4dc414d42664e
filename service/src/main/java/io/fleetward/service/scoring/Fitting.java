package io.fleetward.service.scoring;

import io.fleetward.models.kmeans.Fit;
import io.fleetward.models.kmeans.FitRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Fits models on a thread of its own, one after the other, so that no stream thread waits. Thread
/// safe.
final class Fitting implements AutoCloseable {
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("model-fitting").factory());

  CompletableFuture<Fit> fit(FitRequest request, Instant at) {
    return CompletableFuture.supplyAsync(() -> request.fit(at), executor);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
