package bellframe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

class BenchmarksTest {

    /// One short look at each, in this process: no figure of use, but they run.
    @Test
    void everyBenchmarkRuns() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder().include("bellframe\\.bench\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .shouldFailOnError(true)
                .build()).run();

        assertThat(results).extracting(BenchmarksTest::name)
                .containsOnly("AccessBenchmark.signatureOfLastingKey", "AccessBenchmark.signatureOfTemporaryKey",
                        "AccessBenchmark.policyOfChatUser", "RequestBenchmark.read", "RequestBenchmark.validated",
                        "StandingBenchmark.bearer", "StandingBenchmark.sender", "SendBenchmark.untilQueued",
                        "SendBenchmark.untilCommitted", "HistoryBenchmark.message", "HistoryBenchmark.page",
                        "HistoryBenchmark.pageWritten", "DeliveryBenchmark.message",
                        "SendChannelMessageBenchmark.whole", "SendChannelMessageBenchmark.onNewThread",
                        "SendChannelMessageBenchmark.answer");
    }

    private static String name(RunResult result) {
        return result.getParams().getBenchmark().replace("bellframe.bench.", "");
    }
}
