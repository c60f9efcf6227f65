package bellframe.server;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns SIGTERM and SIGINT into an orderly stop with exit code 0.
///
/// The first signal lets [#await()] return and starts a watchdog that ends the process when the time is up. The second
/// one ends the process at once.
final class StopSignal {

    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    private static final List<String> SIGNALS = List.of("TERM", "INT");
    /// What ending the process itself may take of the time.
    private static final Duration EXIT_MARGIN = Duration.ofMillis(250);

    private final Duration limit;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final CountDownLatch stop = new CountDownLatch(1);

    private StopSignal(Duration limit) {
        this.limit = limit.minus(EXIT_MARGIN);
    }

    /// Takes the signals over from the JVM, which would exit with 143.
    ///
    /// @param limit how long after the first signal the process may live
    static StopSignal install(Duration limit) {
        var signal = new StopSignal(limit);
        SIGNALS.forEach(signal::handle);
        return signal;
    }

    /// Waits for the first signal.
    void await() throws InterruptedException {
        stop.await();
    }

    /// Uses `sun.misc.Signal` by reflection, since the compiler's warning about that class cannot be switched off.
    private void handle(String name) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Runnable received = this::received;
            var run = MethodHandles.lookup().bind(received, "run", MethodType.methodType(void.class));
            Object handler = MethodHandleProxies.asInterfaceInstance(
                    handlerClass, MethodHandles.dropArguments(run, 0, signalClass));
            signalClass.getMethod("handle", signalClass, handlerClass)
                    .invoke(null, signalClass.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException problem) {
            throw new IllegalStateException("cannot handle SIG" + name, problem);
        }
    }

    private void received() {
        if (!signalled.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(ExitCode.FAILED.status());
        }
        Thread.ofPlatform().daemon().name("stop-watchdog").start(this::haltWhenTimeIsUp);
        stop.countDown();
    }

    private void haltWhenTimeIsUp() {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.toNanos());
            log.warn("stopping takes too long; ending the process now");
            Runtime.getRuntime().halt(ExitCode.DONE.status());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
