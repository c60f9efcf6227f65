package bellframe.server;

import bellframe.storage.CommitListener;
import bellframe.storage.rocksdb.RocksDbStorage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;

/// The registry of all metrics, with those of the JVM and the process.
final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    Metrics() {
        garbageCollection.bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /// Records each group of batches that the store writes.
    CommitListener commits() {
        var batches = DistributionSummary.builder("bellframe.commit.batches")
                .description("Batches written with one sync to disk")
                .register(registry);
        var bytes = DistributionSummary.builder("bellframe.commit.bytes")
                .description("Bytes written with one sync to disk")
                .baseUnit("bytes")
                .register(registry);
        var time = Timer.builder("bellframe.commit.time")
                .description("Time of one write with its sync to disk")
                .register(registry);
        return (batchCount, byteCount, nanos) -> {
            batches.record(batchCount);
            bytes.record((double) byteCount);
            time.record(nanos, TimeUnit.NANOSECONDS);
        };
    }

    /// Shows what the store holds and what waits for it.
    void watch(RocksDbStorage storage) {
        Gauge.builder("bellframe.commit.queue", storage, store -> store.statistics().waitingBatches())
                .description("Batches that wait to be written")
                .register(registry);
        Gauge.builder("bellframe.store.size", storage, store -> store.statistics().diskBytes())
                .description("Size of the store's files")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("bellframe.store.free", storage, store -> store.statistics().freeBytes())
                .description("Space left on the store's disk")
                .baseUnit("bytes")
                .register(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
