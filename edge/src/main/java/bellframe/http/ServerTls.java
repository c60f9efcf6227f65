package bellframe.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/// What the server proves itself with on TLS connections.
public final class ServerTls {

    private final SslContext context;

    private ServerTls(SslContext context) {
        this.context = context;
    }

    /// Prepares a key and its certificate for use.
    ///
    /// @param chain the key's certificate, and those behind it if clients do not know them
    /// @throws IllegalArgumentException if they do not belong together or cannot be used
    public static ServerTls of(PrivateKey key, List<X509Certificate> chain) {
        try {
            return new ServerTls(SslContextBuilder.forServer(key, chain.toArray(new X509Certificate[0])).build());
        } catch (SSLException unusable) {
            throw new IllegalArgumentException("the server certificate cannot be used", unusable);
        }
    }

    SslContext context() {
        return context;
    }
}
