package bellframe.outbound.calls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificate authorities that may vouch for whom the server calls: those of the JDK and those that the operator adds.
public record TrustAnchors(List<Certificate> added) {

    public TrustAnchors {
        added = List.copyOf(added);
    }

    /// Those of the JDK, and those of a file.
    ///
    /// @param bundle certificates in PEM, or null to add none
    /// @throws IOException if it holds none, or something else
    public static TrustAnchors read(@Nullable Path bundle) throws IOException {
        if (bundle == null) {
            return new TrustAnchors(List.of());
        }
        try (InputStream in = Files.newInputStream(bundle)) {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(bundle + " holds no certificate in PEM");
            }
            return new TrustAnchors(List.copyOf(certificates));
        } catch (CertificateException problem) {
            throw new IOException(bundle + " is damaged, or holds something else than certificates", problem);
        }
    }

    /// What verifies certificates against them.
    public SSLContext context() throws IOException {
        try {
            if (added.isEmpty()) {
                return SSLContext.getDefault();
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(together()).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException problem) {
            throw new IOException("the certificate authorities cannot be used", problem);
        }
    }

    private KeyStore together() throws GeneralSecurityException, IOException {
        var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        List<Certificate> certificates = Stream.concat(ofTheJdk(), added.stream()).toList();
        for (Certificate certificate : certificates) {
            anchors.setCertificateEntry(String.valueOf(anchors.size()), certificate);
        }
        return anchors;
    }

    private static Stream<Certificate> ofTheJdk() throws GeneralSecurityException {
        return Stream.of(managers(null).getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()));
    }

    /// @param anchors null for those of the JDK
    private static TrustManagerFactory managers(@Nullable KeyStore anchors) throws GeneralSecurityException {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        return managers;
    }
}
