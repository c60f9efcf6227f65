package bellframe.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// Clients that connect by TLS one after the other, as fast as they can, and check the certificate they are shown.
final class ConnectingClients implements AutoCloseable {

    private static final int CLIENTS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int READ_LIMIT_MILLIS = 20_000;

    private final int port;
    private final SSLContext context;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /// Guarded by the lock, as the others.
    private final Set<X509Certificate> shown = new HashSet<>();
    private final List<Exception> failures = new ArrayList<>();
    private int connections;

    private ConnectingClients(int port, SSLContext context) {
        this.port = port;
        this.context = context;
    }

    /// Begins to connect.
    ///
    /// @param authorities the only ones they trust
    static ConnectingClients start(int port, X509Certificate... authorities) {
        var clients = new ConnectingClients(port, trusting(authorities));
        for (int i = 0; i < CLIENTS; i++) {
            clients.threads.add(Thread.ofVirtual().start(clients::connectUntilEnd));
        }
        return clients;
    }

    /// Waits until a connection has been made that began after this was called.
    ///
    /// @return the certificates that were shown meanwhile
    Set<X509Certificate> awaitOthers() {
        lock.lock();
        try {
            shown.clear();
            // Each client may have one that began before.
            int wanted = connections + CLIENTS + 1;
            await(() -> connections >= wanted);
            return Set.copyOf(shown);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until one of them is shown a certificate.
    void awaitShown(X509Certificate certificate) {
        lock.lock();
        try {
            await(() -> shown.contains(certificate));
        } finally {
            lock.unlock();
        }
    }

    /// What went wrong so far.
    List<Exception> failures() {
        lock.lock();
        try {
            return List.copyOf(failures);
        } finally {
            lock.unlock();
        }
    }

    /// A connection of its own, that is kept.
    SSLSocket connect() throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(READ_LIMIT_MILLIS);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    static X509Certificate certificate(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /// Asks for something and reads the answer's head.
    ///
    /// @param connection `close` or `keep-alive`
    static String ask(SSLSocket socket, String connection) throws IOException {
        socket.getOutputStream()
                .write(("OPTIONS /channels HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                        + "Access-Control-Request-Method: GET\r\nConnection: " + connection + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void connectUntilEnd() {
        while (!ending.get()) {
            try (SSLSocket socket = connect()) {
                ask(socket, "close");
                // The server closes first, so that this side does not run out of ports.
                socket.getInputStream().readAllBytes();
                note(certificate(socket));
            } catch (IOException | RuntimeException failure) {
                fail(failure);
            }
        }
    }

    private void note(X509Certificate certificate) {
        lock.lock();
        try {
            shown.add(certificate);
            connections++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Exception failure) {
        lock.lock();
        try {
            failures.add(failure);
            ending.set(true);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The caller holds the lock.
    private void await(BooleanSupplier condition) {
        try {
            long left = LIMIT.toNanos();
            while (!condition.getAsBoolean()) {
                if (!failures.isEmpty() || left <= 0) {
                    throw new AssertionError("not within " + LIMIT + ", shown so far: " + shown,
                            failures.isEmpty() ? null : failures.getFirst());
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }

    private static SSLContext trusting(X509Certificate... authorities) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (X509Certificate authority : authorities) {
                trusted.setCertificateEntry("authority " + authority.getSerialNumber(), authority);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public void close() {
        ending.set(true);
        try {
            for (Thread thread : threads) {
                thread.join(LIMIT);
            }
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }
}
