package bellframe.sessions;

/// An event encoded for the wire, once, shared by every connection that gets it.
///
/// Counted: it is born with one holder, and whoever calls [#retain()] owes a [#release()].
public interface Frame {

    void retain();

    void release();
}
