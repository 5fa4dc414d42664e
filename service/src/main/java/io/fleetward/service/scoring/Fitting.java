package io.fleetward.service.scoring;

import io.fleetward.models.kmeans.Fit;
import io.fleetward.models.kmeans.FitRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Fits models apart from the stream, so that no stream thread waits. Thread safe.
final class Fitting {
  private final Executor executor;

  /// @param executor runs the fits; [#ownThread] unless a test wants them at once
  Fitting(Executor executor) {
    this.executor = executor;
  }

  /// A thread that fits one model after the other and does not keep the process alive.
  static ExecutorService ownThread() {
    return Executors.newSingleThreadExecutor(
        Thread.ofPlatform().daemon().name("model-fitting").factory());
  }

  CompletableFuture<Fit> fit(FitRequest request, Instant at) {
    return CompletableFuture.supplyAsync(() -> request.fit(at), executor);
  }
}
