package bellframe.server.tls;

import bellframe.server.config.InvalidConfig;
import bellframe.server.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// A file of certificates or of a private key, in the forms that openssl and ACME clients write; read with Bouncy Castle,
/// which is not loaded without such files.
///
/// Messages name the setting and the file and never tell what a parser said, since that could quote a key.
///
/// @param setting what names the file
record PemFile(Setting setting, Path path) {

    /// More than any chain needs. A larger file is another one by mistake, and is not read every few seconds.
    private static final int SIZE_MAX_BYTES = 1 << 20;

    /// What is in it, one char a byte.
    ///
    /// @throws InvalidConfig if it cannot be read
    String text() {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw refusal("is not a file");
            }
            return text(path);
        } catch (NoSuchFileException _) {
            throw refusal("does not exist");
        } catch (IOException problem) {
            throw refusal("cannot be read: " + problem);
        }
    }

    private String text(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(SIZE_MAX_BYTES + 1);
        }
        if (bytes.length > SIZE_MAX_BYTES) {
            throw refusal("has more than 1 MiB");
        }
        if (bytes.length == 0) {
            throw refusal("is empty");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// The certificates in the text, at least one; anything else in it is passed over.
    List<X509Certificate> certificates(String text) {
        var converter = new JcaX509CertificateConverter();
        var certificates = new ArrayList<X509Certificate>();
        for (Object entry : entries(text)) {
            if (entry instanceof X509CertificateHolder holder) {
                try {
                    certificates.add(converter.getCertificate(holder));
                } catch (GeneralSecurityException _) {
                    throw damaged();
                }
            }
        }
        if (certificates.isEmpty()) {
            throw refusal("holds no certificate in PEM");
        }
        return certificates;
    }

    /// The first private key in the text; anything else in it is passed over, as the parameters that openssl writes before
    /// an EC key.
    PrivateKey privateKey(String text) {
        for (Object entry : entries(text)) {
            switch (entry) {
                case PrivateKeyInfo key -> {
                    return privateKey(key);
                }
                case PEMKeyPair pair -> {
                    return privateKey(pair.getPrivateKeyInfo());
                }
                case PKCS8EncryptedPrivateKeyInfo _,PEMEncryptedKeyPair _ -> throw refusal(
                        "holds a key with a passphrase, which the server does not know; `openssl pkey -in FILE -out NEW`"
                                + " writes it without");
                default -> {
                }
            }
        }
        throw refusal("holds no private key in PEM");
    }

    private PrivateKey privateKey(PrivateKeyInfo key) {
        try {
            String algorithm = key.getPrivateKeyAlgorithm().getAlgorithm().getId();
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException | IOException _) {
            throw refusal(
                    "holds a key of a kind that is not served, or a damaged one; RSA, EC (P-256, P-384, P-521) and"
                            + " Ed25519 are");
        }
    }

    private List<Object> entries(String text) {
        var entries = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
                entries.add(entry);
            }
        } catch (IOException | RuntimeException _) {
            throw damaged();
        }
        return entries;
    }

    private InvalidConfig damaged() {
        return refusal("is damaged or not written to its end");
    }

    /// @param problem goes on after the file's name
    InvalidConfig refusal(String problem) {
        return new InvalidConfig(setting.key() + " is " + path + ", which " + problem);
    }
}
