package bellframe.http;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;

/// Certificates made on the spot and clients that trust them.
public final class TestTls {

    private TestTls() {
    }

    /// A server's side with a certificate of this name.
    public static ServerTls server(String name) {
        try {
            X509Bundle bundle = new CertificateBuilder()
                    .subject("CN=" + name)
                    .addSanDnsName("localhost")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            return ServerTls.of(bundle.getKeyPair().getPrivate(), List.of(bundle.getCertificate()));
        } catch (Exception e) {
            throw new IllegalStateException("no test certificate", e);
        }
    }

    /// A client of either scheme that trusts any certificate.
    public static HttpClient client() throws Exception {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(trusting()).build();
    }

    /// What makes clients that trust any certificate.
    static SSLContext trusting() throws Exception {
        var trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        return trusting;
    }
}
