"""Where concrete parts are named together: settings, wiring, embedded servers, logging."""
