package bellframe.server;

import bellframe.server.tls.CertificateSource;
import bellframe.server.tls.KeyAndCertificate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server certificate to use for new connections, renewed or replaced while the server runs.
///
/// @param <T> the form in which it is used
final class CurrentCertificate<T> implements Supplier<T>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CurrentCertificate.class);

    private final CertificateSource source;
    private final Function<KeyAndCertificate, T> form;
    private final CountDownLatch closed = new CountDownLatch(1);
    /// What the source had last, whether it could be brought into its form or not.
    private KeyAndCertificate seen;
    private volatile T served;

    /// @param form turns each certificate into its form, once
    CurrentCertificate(CertificateSource source, Function<KeyAndCertificate, T> form) {
        this.source = source;
        this.form = form;
        this.seen = source.current();
        this.served = form.apply(seen);
    }

    /// Begins to look for another one, once in a while, on a thread of its own.
    void renewEvery(Duration interval) {
        Thread.ofPlatform().daemon().name("certificate-renewal").start(() -> renewUntilClosed(interval));
    }

    @Override
    public T get() {
        return served;
    }

    /// Looks once.
    synchronized void renew() {
        KeyAndCertificate current = source.current();
        if (!current.equals(seen)) {
            seen = current;
            served = form.apply(current);
        }
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

    /// A failure leaves the old certificate in use, which was good until now, and the next look tries again.
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
