import threading

roster_lock = threading.Lock()
roster = {}
