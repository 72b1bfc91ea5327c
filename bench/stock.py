"""ELU and its derivative as a plain Streamlit page: two sliders, one chart, nothing tuned. The yardstick."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

st.title("ELU")
alpha = st.slider("alpha", 0.0, 3.0, 1.0, 0.01)
x0 = st.slider("x0", -6.0, 6.0, -1.2, 0.05)

x = np.linspace(-6, 6, 241)
y = np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
slope = np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))
y0 = x0 if x0 > 0 else alpha * np.expm1(x0)
slope0 = 1.0 if x0 > 0 else alpha * np.exp(x0)

figure = go.Figure()
figure.add_trace(go.Scatter(x=x, y=y, name="ELU"))
figure.add_trace(go.Scatter(x=x, y=slope, name="derivative"))
figure.add_trace(go.Scatter(x=[x0, x0], y=[y0, slope0], mode="markers", name="x0"))
st.plotly_chart(figure)
st.write(f"ELU({x0:.2f}) = {y0:.4f}, slope {slope0:.4f}")
