package bellframe.server;

import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.tls.CertificateSource;
import java.util.Arrays;

/// Replaces the local certificate authority, and has the server serve a certificate of the new one.
///
/// @param source where the server's certificate comes from
/// @param look asks the source once for the certificate to serve
record CaTask(DataFolder folder, CertificateSource source, Runnable look) implements OperatorRequests.Task {

    /// What an operator asks for, one after the other, or only the second.
    enum Step {
        PREPARE,
        ROTATE
    }

    @Override
    public OperatorRequests.Done run(String name) {
        Step step = Arrays.stream(Step.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FolderUnusable("nothing with the authority is called " + name, null));
        if (!(source instanceof Certificates local)) {
            throw new FolderUnusable("the local authority is not in use: the server serves a certificate of yours",
                    null);
        }
        return OperatorRequests.Done.of(switch (step) {
            case PREPARE -> prepare(local);
            case ROTATE -> rotate(local);
        });
    }

    private String prepare(Certificates local) {
        local.prepareAuthority();
        return "prepared the next certificate authority; " + folder.authorityCertificate() + " has its certificate too."
                + " When every client trusts both, `./bellframe ca rotate` puts it in use";
    }

    private String rotate(Certificates local) {
        local.rotateAuthority();
        // The first look has the new authority's certificate made and served, the second one takes the old authority from
        // what clients trust.
        look.run();
        look.run();
        return "another certificate authority is in use; clients must trust " + folder.authorityCertificate()
                + " as it is now";
    }
}
