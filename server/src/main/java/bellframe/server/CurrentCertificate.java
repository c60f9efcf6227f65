package bellframe.server;

import bellframe.server.folder.Certificates;
import bellframe.server.folder.KeyAndCertificate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server certificate to use for new connections, renewed while the server runs.
///
/// @param <T> the form in which it is used
final class CurrentCertificate<T> implements Supplier<T>, AutoCloseable {

    private record Served<T>(KeyAndCertificate certificate, T form) {
    }

    private static final Logger log = LoggerFactory.getLogger(CurrentCertificate.class);

    private final Certificates certificates;
    private final Function<KeyAndCertificate, T> form;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Served<T> served;

    /// @param form turns each certificate into its form, once
    CurrentCertificate(Certificates certificates, Function<KeyAndCertificate, T> form) {
        this.certificates = certificates;
        this.form = form;
        this.served = serve(certificates.current());
    }

    /// Begins to look for its end, once in a while, on a thread of its own.
    void renewEvery(Duration interval) {
        Thread.ofPlatform().daemon().name("certificate-renewal").start(() -> renewUntilClosed(interval));
    }

    @Override
    public T get() {
        return served.form();
    }

    /// Looks once.
    void renew() {
        KeyAndCertificate current = certificates.current();
        if (!current.certificate().equals(served.certificate().certificate())) {
            served = serve(current);
        }
    }

    private Served<T> serve(KeyAndCertificate certificate) {
        return new Served<>(certificate, form.apply(certificate));
    }

    private void renewUntilClosed(Duration interval) {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                renewOrLog();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A failure leaves the old certificate in use, which is good for another month, and the next look tries again.
    private void renewOrLog() {
        try {
            renew();
        } catch (RuntimeException problem) {
            log.error("the server certificate could not be renewed", problem);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
