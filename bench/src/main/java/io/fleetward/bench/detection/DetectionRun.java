package io.fleetward.bench.detection;

import io.fleetward.bench.detection.Judgement.ScoreListener;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Scores many series, each on one thread, and tells about each when it is done.
///
/// @param threads how many series at a time
/// @param progress hears a line for each series
record DetectionRun(int threads, PrintWriter progress, ScoreListener listener) {

  /// @return the judgements in the order of the series
  List<Judgement> judge(List<SeriesSource> series) {
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Judgement>> futures = new ArrayList<>();
      for (SeriesSource source : series) {
        futures.add(
            pool.submit(() -> {
              Judgement judgement = Judgement.of(source, listener);
              tell(done.incrementAndGet(), series.size(), judgement.result());
              return judgement;
            }));
      }
      return futures.stream().map(DetectionRun::get).toList();
    }
  }

  private static Judgement get(Future<Judgement> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while series are scored", e);
    }
  }

  private void tell(int done, int of, SeriesResult result) {
    progress.println(
        String.format(
            Locale.ROOT,
            "[%3d/%d] %-12s %-44s VUS-PR %.3f  AUC-PR %.3f  events %3d/%-3d  false %5d"
                + " (%.2f/host-day)  delay %4.0f  %6.2f µs/row  learnt in %.1f s",
            done,
            of,
            result.set(),
            result.series(),
            result.volumes().precisionRecall(),
            result.areas().precisionRecall(),
            result.decisions().delays().size(),
            result.decisions().events(),
            result.decisions().falseEpisodes(),
            result.decisions().falseEpisodes() / result.hostDays(),
            result.decisions().medianDelay(),
            result.microsPerRow(),
            result.learningSeconds()));
    progress.flush();
  }
}
