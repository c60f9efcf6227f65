package bellframe.server;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a person does so that clients trust the local authority: commands to copy, each in a line of its own.
final class TrustSteps {

    private static final int NAME_BYTES = 4;

    private static final String TEXT = """
            Certificate  {file}
            SHA-256      {fingerprint}
            Valid until  {end}

            On another machine, copy the certificate there and use its path there. ca-key.pem stays where it is: whoever has
            it can pretend to be any site to those who trust the certificate.

            curl
              curl --cacert {path} {address}/

            AWS CLI, boto3
              export AWS_CA_BUNDLE={path}

            Python with requests
              export REQUESTS_CA_BUNDLE={path}

            Node
              export NODE_EXTRA_CA_CERTS={path}

            Java, a program that talks to this server only
              keytool -importcert -noprompt -alias {name} -file {path} -keystore {name}.p12 -storetype PKCS12 -storepass changeit
              java -Djavax.net.ssl.trustStore={name}.p12 -Djavax.net.ssl.trustStorePassword=changeit ...

            Java, every program of a JDK
              keytool -importcert -noprompt -cacerts -storepass changeit -alias {name} -file {path}

            Chrome on Linux; certutil is in the package libnss3-tools or nss-tools
              mkdir -p "$HOME/.pki/nssdb"
              certutil -d "sql:$HOME/.pki/nssdb" -A -t C,, -n {name} -i {path}

            Chrome on macOS, and Safari
              security add-trusted-cert -r trustRoot -p ssl -k "$HOME/Library/Keychains/login.keychain-db" {path}

            Chrome on Windows, and Edge
              certutil -user -addstore Root ca.pem

            Firefox
              Settings > Privacy & Security > View Certificates > Authorities > Import: choose the certificate and
              "Trust this CA to identify websites".

            iOS simulator that runs
              xcrun simctl keychain booted add-root-cert {path}

            Android emulator: this server becomes its localhost, since the server certificate is for that name
              adb reverse tcp:{port} tcp:{port}
              adb push {path} /sdcard/Download/{name}.crt
              Settings > Security & privacy > More security & privacy > Encryption & credentials > Install a certificate >
              CA certificate > Install anyway: choose {name}.crt.
              Chrome trusts it then, and so do debug builds of an app that has
              in AndroidManifest.xml: <application android:networkSecurityConfig="@xml/network_security_config" ...>
              in res/xml/network_security_config.xml:
                <network-security-config>
                  <debug-overrides>
                    <trust-anchors>
                      <certificates src="user"/>
                    </trust-anchors>
                  </debug-overrides>
                </network-security-config>
              With the certificate as res/raw/bellframe_ca.pem and src="@raw/bellframe_ca", Settings are not needed.
            """;

    private static final String NEXT = """

            Next certificate  {file}
            SHA-256           {fingerprint}
            Valid until       {end}

            `./bellframe ca rotate` puts its authority in the place of the present one. Clients that read the file of the first
            certificate trust this one too, once they are started again or have a new copy of it. Where the steps above import
            a certificate (Java, Chrome, Firefox, iOS, Android), do them for {path} too, with the name {name}.
            """;

    private TrustSteps() {
    }

    /// @param file where the authority's certificate is
    /// @param host the address the server listens on, null for all
    /// @param port the server's port for clients
    static String of(Path file, X509Certificate authority, @Nullable String host, int port) {
        return about(TEXT, file, authority)
                .replace("{address}", Address.of("https", host, port))
                .replace("{port}", Integer.toString(port));
    }

    /// What follows for an authority that is prepared.
    ///
    /// @param file where its certificate is
    static String ofNext(Path file, X509Certificate authority) {
        return about(NEXT, file, authority);
    }

    private static String about(String text, Path file, X509Certificate authority) {
        byte[] digest = sha256(authority);
        // Of the certificate, so that the authorities of several servers do not replace each other.
        String name = "bellframe-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        return text.replace("{file}", file.toString())
                .replace("{path}", Shell.word(file.toString()))
                .replace("{fingerprint}", HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest))
                .replace("{end}", authority.getNotAfter().toInstant().toString())
                .replace("{name}", name);
    }

    private static byte[] sha256(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
