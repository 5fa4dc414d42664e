package io.fleetward.rules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.rules.testing.ScriptReport.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Histograms, start times, extended ranges and info metrics, in scripts of our own.
class RichScriptsTest {
  private static final String HISTOGRAMS =
      """
      load 1m
        h{a="1"} {{schema:0 count:4 sum:6 buckets:[1 2 1]}}+{{schema:0 count:4 sum:6 buckets:[1 2 1]}}x9
        h{a="2"} {{schema:1 count:2 sum:2 buckets:[1 1]}}x9
        f 1+1x9
        back {{schema:0 count:8 sum:9 buckets:[8]}} {{schema:0 count:2 sum:3 buckets:[2]}}

      eval instant at 2m h{a="1"} * 2 - h{a="1"}
        {a="1"} {{schema:0 count:12 sum:18 buckets:[3 6 3]}}

      eval instant at 0 sum(h)
        {} {{schema:0 count:6 sum:8 buckets:[2 3 1]}}

      eval instant at 0 count(h) + histogram_count(sum(h))
        {} 8

      eval instant at 2m h + on () group_left () f
        expect info msg: PromQL info: incompatible sample types encountered for binary operator "+": histogram + float (1:1)

      eval instant at 2m topk(1, h)
        expect info msg: PromQL info: ignored histogram in topk aggregation (1:1)

      eval instant at 4m histogram_count(increase(h{a="1"}[2m]))
        {a="1"} 8

      eval instant at 1m histogram_sum(irate(back[2m])) * 60
        {} 3

      eval instant at 1m resets(back[2m])
        {} 1

      eval instant at 9m histogram_quantile(0.5, h{a="1"})
        {a="1"} 1.414213562373095

      eval instant at 9m histogram_quantiles(h{a="1"}, "q", 0, 1)
        {a="1", q="0.0"} 0.5
        {a="1", q="1.0"} 4

      eval instant at 0 histogram_count(h{a="1"} </ 2)
        {a="1"} 3

      eval instant at 0 count_values("v", h{a="2"})
        {v="{count:2, sum:2, (0.7071067811865476,1]:1, (1,1.4142135623730951]:1}"} 1
      """;

  private static final String STARTS =
      """
      load 1m
        c_total@st _ _ -30s _ _
        c_total 1 2 3 4 5

      eval instant at 2m start_timestamp(c_total)
        {} 90

      eval instant at 2m resets(c_total[2m])
        {} 1

      eval instant at 4m increase(c_total[4m])
        {} 6.666666666666667
      """;

  private static final String EXTENDED =
      """
      load 1m
        x 0 10 20 5 15

      eval instant at 2m30s increase(x[1m] anchored)
        {} 10

      eval instant at 2m30s x smoothed
        x 12.5

      eval instant at 1m30s delta(x[1m] smoothed)
        {} 10

      eval instant at 1m rate(x[1m] smoothed) + x anchored
        expect fail
      """;

  private static final String INFO =
      """
      load 1m
        m{instance="a", job="j"} 1x5
        m{instance="b", job="j"} 2x5
        target_info{instance="a", job="j", version="1", zone="x"} 1x5
        build_info{instance="a", job="j", build="7"} 1x5

      eval instant at 1m info(m)
        m{instance="a", job="j", version="1", zone="x"} 1
        m{instance="b", job="j"} 2

      eval instant at 1m info(m, {zone=~".+"})
        m{instance="a", job="j", zone="x"} 1

      eval instant at 1m info(m, {__name__="build_info"})
        m{instance="a", job="j", build="7"} 1
        m{instance="b", job="j"} 2

      eval instant at 1m info(m, {__name__!="build_info"})
        m{instance="a", job="j", version="1", zone="x"} 1
        m{instance="b", job="j"} 2

      eval instant at 1m info(m, m)
        expect fail
      """;

  @ParameterizedTest
  @ValueSource(strings = {HISTOGRAMS, STARTS, EXTENDED, INFO})
  void everyCasePasses(String script) {
    ScriptReport report = ScriptRunner.run("own.test", script);
    assertThat(report.lines())
        .isNotEmpty()
        .filteredOn(line -> line.verdict() != Verdict.PASSED)
        .isEmpty();
  }
}
