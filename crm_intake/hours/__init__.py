"""When the law lets a text leave: pure functions of the moment and of where its reader may be."""
