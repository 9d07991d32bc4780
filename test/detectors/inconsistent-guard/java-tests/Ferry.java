class Ferry {
  private int mast;
  private int keel;

  Ferry withMast(int mast) {
    this.mast = mast; // want-info "`withMast` writes `Ferry.mast` without `Ferry`: .* It sets the object up and gives it back, mostly before others know it\.$"
    return this;
  }

  void keel(int keel) {
    this.keel = keel; // want "`keel` writes `Ferry.keel` without `Ferry`"
  }

  synchronized void step(int by) {
    mast += by;
    keel += by;
  }

  synchronized void strike() {
    mast = 0;
    keel = 0;
  }

  synchronized int height() {
    return mast + keel;
  }
}
