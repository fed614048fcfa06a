"""Staffing formulas, simulation and requirements against exact results and peers."""
