package bellframe.http;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// What the server proves itself with on TLS connections.
public final class ServerTls {

    /// Clients are not asked for certificates.
    private static final TrustManager[] NO_CLIENT_IS_TRUSTED = {};

    private final SslContext context;

    private ServerTls(SslContext context) {
        this.context = context;
    }

    /// Prepares a key and its certificate for use.
    ///
    /// Netty's own builder would load Bouncy Castle and the JDK's trusted authorities, which takes long at a start.
    ///
    /// @param chain the key's certificate, and those behind it if clients do not know them
    /// @throws IllegalArgumentException if they do not belong together or cannot be used
    public static ServerTls of(PrivateKey key, List<X509Certificate> chain) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(new KeyManager[]{new ServerKey(key, chain)}, NO_CLIENT_IS_TRUSTED, null);
            return new ServerTls(new JdkSslContext(tls, false, null, IdentityCipherSuiteFilter.INSTANCE,
                    ApplicationProtocolConfig.DISABLED, ClientAuth.NONE, null, false));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("the server certificate cannot be used", unusable);
        }
    }

    SslContext context() {
        return context;
    }
}
